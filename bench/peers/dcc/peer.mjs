// Signs credentials with the packages of the Digital Credentials Consortium, eddsa-rdfc-2022.
// `given`: {contexts, documents, seed (hex), method, created}. The answer is the last signed credential.
import { serve } from './loop.mjs';
import * as Ed25519Multikey from '@digitalcredentials/ed25519-multikey';
import { DataIntegrityProof } from '@digitalcredentials/data-integrity';
import { cryptosuite } from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalcredentials/vc';

await serve({
  sign: async ({ contexts, documents, seed, method, created }) => {
    const documentLoader = async url => {
      if (!(url in contexts)) {
        throw new Error(`${url} is not pinned`);
      }
      return { contextUrl: null, documentUrl: url, document: contexts[url], tag: 'static' };
    };
    const key = await Ed25519Multikey.generate({
      id: method, controller: method.split('#')[0], seed: Uint8Array.from(Buffer.from(seed, 'hex')),
    });
    const signer = key.signer();
    return number => issue({
      credential: documents[number % documents.length],
      suite: new DataIntegrityProof({ signer, cryptosuite, date: created }),
      documentLoader,
      now: created,
    });
  },
});
