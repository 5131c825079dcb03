import type {Signature} from '../../engine/model/happenings/approval.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Approval} from './approval.ts';
import {NoSignature, signerOf} from './ssh-signature.ts';

/**
 * Returns the signature of an approval as a journal keeps it; undefined where it has none. Every policy's allowed signers
 * have to know the key, by one name. Throws {@link NoSignature} for one that does not hold.
 */
export function checkedSignature(
  {policy}: Pick<RunState, 'policy'>,
  {body, signature}: Pick<Approval, 'body' | 'signature'>,
  at: number,
): Signature | undefined {
  if (signature === undefined) return undefined;
  const lists = policy?.signers ?? [];
  const signers = lists.map((list) => signerOf({text: body, signature}, list, at));
  const [first] = signers;
  if (first === undefined)
    throw new NoSignature('it is signed, and no policy of this run names allowed signers (allowedSigners)');
  const other = signers.find(({signer}) => signer !== first.signer);
  if (other !== undefined)
    throw new NoSignature(`one policy calls the key ${first.signer}, and another one ${other.signer}`);
  return {...first, body, signature};
}
