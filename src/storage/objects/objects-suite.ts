/** What every implementation of the object port must do, as tests. */
import { afterEach, beforeEach, describe } from 'node:test';
import { completionSuite } from './completion-suite.ts';
import { listingSuite } from './listing-suite.ts';
import { multipartSuite } from './multipart-suite.ts';
import type { ObjectsUnderTest } from './object-samples.ts';
import { putSuite } from './put-suite.ts';
import { versionListingSuite } from './version-listing-suite.ts';
import { versionSuite } from './version-suite.ts';

/** @param open a new, empty store whose clock shows `now` */
export function objectsSuite(name: string, open: () => Promise<ObjectsUnderTest>): void {
  describe(`object port: ${name}`, () => {
    let subject: ObjectsUnderTest;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.dispose());
    describe('objects', () => putSuite(() => subject));
    describe('listings', () => listingSuite(() => subject));
    describe('versions', () => versionSuite(() => subject));
    describe('versions of uploads', () => completionSuite(() => subject));
    describe('listings of versions', () => versionListingSuite(() => subject));
    describe('multipart uploads', () => multipartSuite(() => subject));
  });
}
