import {fileURLToPath} from 'node:url';
import {createConnection, StreamMessageReader, StreamMessageWriter} from 'vscode-languageserver/node';
import {version} from '../../version.ts';
import {completionsAt} from './completions.ts';
import {diagnosticsOf} from './diagnostics.ts';
import {offsetAt, positionAt} from './document-text.ts';
import {hoverAt} from './hovers.ts';

/** Milliseconds without a key after which a text is checked. */
const pauseMs = 150;

/** Kinds of the protocol: documents come whole, and what is offered is a field of something. */
const wholeDocuments = 1;
const field = 5;

/** Serves an editor over standard input and output until it ends the connection. */
export function serve(): Promise<void> {
  const connection = createConnection(
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  const texts = new Map<string, string>();
  const timers = new Map<string, NodeJS.Timeout>();

  const check = async (uri: string): Promise<void> => {
    const text = texts.get(uri);
    if (text === undefined) return;
    const diagnostics = isRunbook(uri, text) ? await diagnosticsOf(pathOf(uri), text) : [];
    // A newer text is checked by itself.
    if (texts.get(uri) === text) await connection.sendDiagnostics({uri, diagnostics: [...diagnostics]});
  };
  const soon = (uri: string, text: string): void => {
    texts.set(uri, text);
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => void check(uri), pauseMs),
    );
  };

  connection.onInitialize(() => ({
    serverInfo: {name: 'handrail', version: version()},
    capabilities: {
      textDocumentSync: {openClose: true, change: wholeDocuments, save: true},
      completionProvider: {triggerCharacters: [':', '.', '[', '?', '$', ' ']},
      hoverProvider: true,
    },
  }));
  connection.onDidOpenTextDocument(({textDocument: {uri, text}}) => soon(uri, text));
  connection.onDidChangeTextDocument(({textDocument: {uri}, contentChanges}) => {
    const text = contentChanges.at(-1)?.text;
    if (text !== undefined) soon(uri, text);
  });
  // A file that others include may be another one now.
  connection.onDidSaveTextDocument(() => {
    for (const uri of texts.keys()) void check(uri);
  });
  connection.onDidCloseTextDocument(({textDocument: {uri}}) => {
    texts.delete(uri);
    clearTimeout(timers.get(uri));
    void connection.sendDiagnostics({uri, diagnostics: []});
  });
  connection.onCompletion(async ({textDocument: {uri}, position}) => {
    const text = texts.get(uri);
    if (text === undefined) return [];
    const offset = offsetAt(text, position);
    const offered = await completionsAt(pathOf(uri), text, offset);
    return offered.map(({label, detail, insert, start, typed = insert}) => ({
      label,
      detail,
      kind: field,
      filterText: typed,
      textEdit: {range: {start: positionAt(text, start), end: position}, newText: insert},
    }));
  });
  connection.onHover(async ({textDocument: {uri}, position}) => {
    const text = texts.get(uri);
    const value = text === undefined ? undefined : await hoverAt(pathOf(uri), text, offsetAt(text, position));
    return value === undefined ? null : {contents: {kind: 'markdown', value}};
  });
  return new Promise((settle) => {
    connection.onExit(settle);
    connection.listen();
  });
}

/** Other YAML is not ours, and a file of tests is no runbook. */
function isRunbook(uri: string, text: string): boolean {
  return !/\.test\.ya?ml$/.test(uri) && /^handrail:/m.test(text);
}

function pathOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}
