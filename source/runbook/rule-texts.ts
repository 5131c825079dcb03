/** What each rule of `check` is about, by its id. The ids are stable: editors and CI sort by them. */
export const ruleTexts = {
  file: 'A runbook is a readable UTF-8 file of limited size.',
  yaml: 'A runbook is one YAML document, without aliases, tags and directives.',
  schema: 'A runbook has the members of the language, with values of their kinds.',
  structure: 'Each step has one action, ids are unique, jumps end, and expressions parse.',
  include: 'An included file is there, and holds steps alone.',
  operation: 'Operations are those of an installed AWS client.',
  'request-members': 'Requests have the members that their operations take, of the right types.',
  'expression-types': 'Expressions reach what can be there, and give what is needed.',
  'operation-effect': 'Reads read, and writes write.',
  confirmation: 'A confirmation precedes each change.',
  undo: 'An undo takes back a change, by a change.',
  secrets: 'Secrets stand in requests alone.',
  arns: 'ARNs are well-formed, and of the kind that their members take.',
  alongside: 'Only looks and waits of one scope go on at the same time.',
  once: 'A step that is done once in a run only looks, and shows in no column.',
  'typed-text': 'The text that a confirmation wants is not empty.',
  'free-role-name': 'A runbook names the role that it deletes.',
  'regions-of': "The service is named as AWS's lists of Regions name it.",
  'new-service': 'Handrail knows the service whose Regions are visited.',
  'no-regions': 'A runbook says which Regions its Region steps visit.',
  'blind-plan': 'What is changed is found before its confirmation.',
  'hot-polls': 'Polls are at least half a second apart, and a second in a long wait.',
  'error-names': "Errors are named as their operations' models name them.",
} as const;

export type Rule = keyof typeof ruleTexts;
