import type {KeyTable} from '../keyboard/key-table.ts';
import {typedText} from '../keyboard/typed-text.ts';
import {chooseValue, filled, longestValue, valueOf, withValue, type Form} from './form.ts';
import {leave, suspend, type HomeMoment, type HomeOutcome} from './home-keys.ts';

/** The form for a runbook's inputs. */
export const formKeys: KeyTable<HomeMoment, HomeOutcome> = {
  title: 'The inputs of a runbook',
  bindings: [
    {keys: ['up'], shown: '↑', help: 'the input above', run: (moment) => moved(moment, -1)},
    {
      keys: ['down'],
      shown: '↓',
      help: 'the input below',
      hint: 'input',
      hintKeys: '↑↓',
      run: (moment) => moved(moment, 1),
    },
    {
      keys: ['left'],
      shown: '←',
      help: 'the value before, where there are some to choose from',
      run: (moment) => edited(moment, (form) => chooseValue(form, -1)),
    },
    {
      keys: ['right'],
      shown: '→',
      help: 'the next value, where there are some to choose from',
      hint: 'choose',
      hintKeys: '← →',
      enabled: ({home: {form}}) => form?.fields[form.at]?.choices !== undefined,
      run: (moment) => edited(moment, (form) => chooseValue(form, 1)),
    },
    {
      keys: ['backspace'],
      shown: 'Backspace',
      help: 'erase a character',
      run: (moment) => typed(moment, typedText.erase),
    },
    {
      keys: ['ctrl-w'],
      shown: 'Ctrl-W',
      help: 'erase a word',
      run: (moment) => typed(moment, typedText.eraseWord),
    },
    {keys: ['ctrl-u'], shown: 'Ctrl-U', help: 'erase the value', run: (moment) => typed(moment, () => '')},
    {
      keys: ['tab'],
      shown: 'Tab',
      help: 'run it as a plan with these inputs',
      hint: 'only plan it',
      run: (moment) => done(moment, true),
    },
    {
      keys: ['enter'],
      shown: 'Enter',
      help: 'check the inputs and run it; nothing is changed before you agree',
      hint: 'go',
      run: (moment) => done(moment, false),
    },
    {
      keys: ['escape', 'alt-enter'],
      shown: 'Esc',
      help: 'back to the list',
      hint: 'back',
      run: ({home}) => ({home: {...home, form: undefined}}),
    },
    leave,
    suspend,
  ],
  otherwise: (moment, {text}) =>
    text === undefined ? undefined : typed(moment, (value) => typedText.add(value, text, longestValue)),
  pasted: (moment, text) => typed(moment, (value) => typedText.paste(value, text, longestValue)),
};

function edited({home}: HomeMoment, edit: (form: Form) => Form): HomeOutcome {
  return {home: home.form === undefined ? home : {...home, form: edit(home.form)}};
}

function moved(moment: HomeMoment, by: number): HomeOutcome {
  return edited(moment, (form) => ({
    ...form,
    at: Math.max(0, Math.min(form.at + by, form.fields.length - 1)),
  }));
}

/** A value that can only be chosen takes no text. */
function typed(moment: HomeMoment, edit: (value: string) => string): HomeOutcome {
  return edited(moment, (form) => {
    const field = form.fields[form.at];
    return field === undefined || field.closed === true ? form : withValue(form, edit(valueOf(form, field)));
  });
}

function done({home}: HomeMoment, plan: boolean): HomeOutcome {
  if (home.form === undefined) return {home};
  const result = filled(home.form);
  if ('form' in result) return {home: {...home, form: result.form}};
  return {argv: [...result.command, ...(plan ? ['--plan'] : [])]};
}
