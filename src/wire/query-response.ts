/** AWS Query answers: the envelopes of STS and IAM (reference aws-federation 1.2). */
import type { ServiceError } from '../base/service-error.ts';
import type { ServiceModel } from './model.ts';
import { operationOf, structureOf } from './shape-of.ts';
import { memberLines } from './query-xml.ts';
import { parsableText, textElement } from './xml-write.ts';

/** `Content-Type` of every Query answer. */
export const QUERY_CONTENT_TYPE = 'text/xml';

/** Errors of finding the operation: their documents are in no service's namespace. */
const DISPATCH_CODES: ReadonlySet<string> = new Set(['InvalidAction', 'MissingAction']);
const DISPATCH_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09';

/** The document of a call that succeeded; of an operation without output it holds only the request id. */
export function encodeQuery(model: ServiceModel, operation: string, output: unknown, requestId: string): string {
  const row = operationOf(model, operation);
  let result = '';
  if (row.output !== undefined) {
    const name = row.resultWrapper ?? `${operation}Result`;
    const members = memberLines(model, structureOf(model, row.output))(output, '    ');
    result = members === '' ? `  <${name}/>\n` : `  <${name}>\n${members}  </${name}>\n`;
  }
  return `<${operation}Response xmlns="${model.xmlNamespace}">
${result}  <ResponseMetadata>
    ${textElement('RequestId', requestId)}
  </ResponseMetadata>
</${operation}Response>
`;
}

/**
 * The document of a refusal. An empty message leaves the element out, as AWS does for `MalformedInput`.
 *
 * @param model of the service that refused; `dispatch` when none was found, which the dispatch
 * errors' codes also say by themselves
 */
export function encodeQueryError(error: ServiceError, model: ServiceModel | 'dispatch', requestId: string): string {
  const namespace = model === 'dispatch' || DISPATCH_CODES.has(error.code) ? DISPATCH_NAMESPACE : model.xmlNamespace;
  const message = error.message === '' ? '' : `    ${textElement('Message', parsableText(error.message))}\n`;
  return `<ErrorResponse xmlns="${namespace}">
  <Error>
    ${textElement('Type', error.fault)}
    ${textElement('Code', error.code)}
${message}  </Error>
  ${textElement('RequestId', requestId)}
</ErrorResponse>
`;
}
