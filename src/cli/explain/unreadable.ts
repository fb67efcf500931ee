/** What keeps `sojourn explain` from having a question: becomes the command's one sentence, with exit code 2. */
export class Unreadable extends Error {}
