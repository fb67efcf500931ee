/** AWS Query answers: the envelopes of STS and IAM (reference aws-federation 1.2). */
import type { ServiceError } from '../base/service-error.ts';
import type { ServiceModel } from './model.ts';
import { operationOf, structureOf } from './shape-of.ts';
import { indented } from './xml-indent.ts';
import { membersXml } from './xml-shape-write.ts';
import { element, parsableText, textElement } from './xml-write.ts';

/** `Content-Type` of every Query answer. */
export const QUERY_CONTENT_TYPE = 'text/xml';

/** Errors of finding the operation: their documents are in no service's namespace. */
const DISPATCH_CODES: ReadonlySet<string> = new Set(['InvalidAction', 'MissingAction']);
const DISPATCH_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09';

/** The document of a call that succeeded; of an operation without output it holds only the request id. */
export function encodeQuery(model: ServiceModel, operation: string, output: unknown, requestId: string): string {
  const row = operationOf(model, operation);
  const metadata = element('ResponseMetadata', textElement('RequestId', requestId));
  const result =
    row.output === undefined
      ? ''
      : element(row.resultWrapper ?? `${operation}Result`, membersXml(model, structureOf(model, row.output), output));
  return indented(element(`${operation}Response`, result + metadata, ` xmlns="${model.xmlNamespace}"`));
}

/**
 * The document of a refusal. An empty message leaves the element out, as AWS does for `MalformedInput`.
 *
 * @param model of the service that refused; `dispatch` when none was found, which the dispatch
 * errors' codes also say by themselves
 */
export function encodeQueryError(error: ServiceError, model: ServiceModel | 'dispatch', requestId: string): string {
  const namespace = model === 'dispatch' || DISPATCH_CODES.has(error.code) ? DISPATCH_NAMESPACE : model.xmlNamespace;
  const message = error.message === '' ? '' : textElement('Message', parsableText(error.message));
  const fault = textElement('Type', error.fault) + textElement('Code', error.code) + message;
  const content = element('Error', fault) + textElement('RequestId', requestId);
  return indented(element('ErrorResponse', content, ` xmlns="${namespace}"`));
}
