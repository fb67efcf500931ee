import assert from 'node:assert/strict';
import { test } from 'node:test';
import { immutableForm, plainForm, readSubject } from './github-subject-shape.ts';

test('a subject is taken apart', () => {
  assert.deepEqual(readSubject('repo:o/r:ref:refs/heads/main'), {
    repository: 'repo:o/r',
    immutable: false,
    shape: 'branch',
    context: 'ref:refs/heads/main',
  });
  assert.deepEqual(readSubject('repo:o@65/r@74:pull_request'), {
    repository: 'repo:o/r',
    immutable: true,
    shape: 'pull request',
    context: 'pull_request',
  });
  assert.equal(readSubject('repo:o/r:environment:x')?.shape, 'environment');
  assert.equal(readSubject('repo:o/r:ref:refs/tags/v1')?.shape, 'tag');
  assert.equal(readSubject('repo:o/r:ref:refs/pull/1/merge')?.shape, 'ref');
  assert.equal(readSubject('repo:o/r:*')?.shape, undefined);
});

test('what does not start with a repository is no such subject', () => {
  assert.equal(readSubject('project_path:g/p:ref_type:branch'), undefined);
  assert.equal(readSubject('repo:o/r'), undefined);
  assert.equal(readSubject(''), undefined);
});

test('a pattern of plain names gets the ids of a subject of the same repository, and of no other', () => {
  assert.equal(immutableForm('repo:o/r:*', 'repo:o@65/r@74:pull_request'), 'repo:o@65/r@74:*');
  assert.equal(immutableForm('repo:o/x:*', 'repo:o@65/r@74:pull_request'), undefined);
  assert.equal(immutableForm('repo:o/r:*', 'repo:o/r:pull_request'), undefined);
});

test('a pattern whose wildcard stands for the repository, or part of its name, keeps it', () => {
  assert.equal(immutableForm('repo:o/*', 'repo:o@65/r@74:pull_request'), 'repo:o@65/*');
  assert.equal(immutableForm('repo:o/r*', 'repo:o@65/r@74:pull_request'), 'repo:o@65/r*');
  assert.equal(immutableForm('repo:*/r:*', 'repo:o@65/r@74:pull_request'), 'repo:*/r@74:*');
  assert.equal(immutableForm('repo:*', 'repo:o@65/r@74:pull_request'), undefined);
});

test('a subject without its ids', () => {
  assert.equal(plainForm('repo:o@65/r@74:pull_request'), 'repo:o/r:pull_request');
  assert.equal(plainForm('repo:o/r:pull_request'), undefined);
});
