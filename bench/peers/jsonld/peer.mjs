// Canonicalizes with jsonld and rdf-canonize, in safe mode. `given`: {contexts, documents} or {quads: [N-Quads text]}.
// The answer holds one entry for each input: {form} or {error}.
import { serve } from './loop.mjs';
import jsonld from 'jsonld';
import rdfCanonize from 'rdf-canonize';

const LIMIT = { maxWorkFactor: Infinity, maxDeepIterations: 100_000 };

async function each(inputs, act) {
  const answers = [];
  for (const input of inputs) {
    try {
      answers.push({ form: await act(input) });
    } catch (error) {
      answers.push({ error: `${error?.message ?? error} ${JSON.stringify(error?.details?.event?.code ?? '')}` });
    }
  }
  return answers;
}

await serve({
  documents: ({ contexts, documents }) => {
    const documentLoader = async url => {
      if (!(url in contexts)) {
        throw new Error(`${url} is not pinned`);
      }
      return { contextUrl: null, documentUrl: url, document: contexts[url], tag: 'static' };
    };
    const options = { algorithm: 'RDFC-1.0', safe: true, documentLoader, canonizeOptions: LIMIT };
    return () => each(documents, document => jsonld.canonize(document, options));
  },
  quads: ({ quads }) => () => each(quads, text => rdfCanonize.canonize(text, {
    algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads', format: 'application/n-quads', ...LIMIT,
  })),
});
