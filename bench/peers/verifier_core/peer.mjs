// Verifies Open Badges 3.0 with the Digital Credentials Consortium's verifier. `given`: {badges, pages, now}. Everything
// that it would fetch comes from `pages` (address -> text) at once, so that no network is measured; the moment is `now`.
import { serve } from './loop.mjs';

let pages = {};
let ahead = 0;

const Clock = Date;
globalThis.Date = class extends Clock {
  constructor(...parts) {
    super(...(parts.length ? parts : [Clock.now() + ahead]));
  }

  static now() {
    return Clock.now() + ahead;
  }
};

globalThis.fetch = async request => {
  const url = typeof request === 'string' ? request : request.url ?? String(request);
  return url in pages
    ? new Response(pages[url], { status: 200, headers: { 'content-type': 'application/json' } })
    : new Response('', { status: 404 });
};

const { verifyCredential } = await import('@digitalcredentials/verifier-core');

function refused(result) {
  const wrong = result.log?.filter(step => step.valid === false && step.id !== 'registered_issuer' || step.error);
  const schemas = result.additionalInformation?.flatMap(({ results }) => results) ?? [];
  return result.errors || !result.log || wrong.length || schemas.some(({ result: { valid } }) => !valid);
}

await serve({
  verify: given => {
    pages = given.pages;
    ahead = Clock.parse(given.now) - Clock.now();
    return async number => {
      const credential = JSON.parse(given.badges[number % given.badges.length]);
      const result = await verifyCredential({ credential, knownDIDRegistries: [] });
      if (refused(result)) {
        throw new Error(`It refuses what it should accept: ${JSON.stringify(result, null, 1).slice(0, 3000)}`);
      }
      return result.log.map(({ id }) => id);
    };
  },
});
