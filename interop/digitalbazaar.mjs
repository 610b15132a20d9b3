// Verifies Open Badges 3.0 with Digital Bazaar's packages: proof in safe mode, issuer binding, status list, endorsements.
// Reads one JSON object from standard input: {origin, listen, contexts, tasks: [{name, credential}]}.
// Writes one JSON object: {name: {verdict: "valid" | "refused", why}}.
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import http from 'node:http';
import {json} from 'node:stream/consumers';
import jsigs from 'jsonld-signatures';
import * as vc from '@digitalbazaar/vc';

const {origin, listen, contexts, tasks} = await json(process.stdin);
const suite = new DataIntegrityProof({cryptosuite});

function fetched(url) {
  // The public host is played by the server on the loopback.
  const address = new URL(url.slice(origin.length) || '/', listen);
  const headers = {accept: 'application/vc+ld+json, application/ld+json, application/json', host: new URL(origin).host};
  return new Promise((resolve, reject) => {
    http.get(address, {headers}, answer => {
      const parts = [];
      answer.on('data', part => parts.push(part));
      answer.on('end', () => {
        if(answer.statusCode !== 200) {
          return reject(new Error(`${url} answered ${answer.statusCode}`));
        }
        resolve(JSON.parse(Buffer.concat(parts).toString('utf8')));
      });
    }).on('error', reject);
  });
}

function addressOfDid(did) {
  const [host, ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent);
  if(host !== new URL(origin).host) {
    throw new Error(`${did} is not of this host`);
  }
  return path.length ? `${origin}/${path.join('/')}/did.json` : `${origin}/.well-known/did.json`;
}

const documentLoader = jsigs.extendContextLoader(async url => {
  if(contexts[url]) {
    return {contextUrl: null, documentUrl: url, document: contexts[url], tag: 'static'};
  }
  if(url.startsWith('did:web:')) {
    const [did, fragment] = url.split('#');
    const document = await fetched(addressOfDid(did));
    if(document.id !== did) {
      throw new Error(`the DID document of ${did} names ${document.id}`);
    }
    if(!fragment) {
      return {contextUrl: null, documentUrl: url, document};
    }
    const method = document.verificationMethod.find(({id}) => id === url);
    if(!method) {
      throw new Error(`no key ${url}`);
    }
    return {contextUrl: null, documentUrl: url, document: {'@context': 'https://w3id.org/security/multikey/v1', ...method}};
  }
  if(url.startsWith(`${origin}/`)) {
    return {contextUrl: null, documentUrl: url, document: await fetched(url)};
  }
  throw new Error(`${url} is neither a pinned context nor of this host`);
});

function status(options) {
  return checkStatus({
    ...options, documentLoader, suite, verifyBitstringStatusListCredential: true, verifyMatchingIssuers: true,
  });
}

function why(error) {
  const words = error?.errors?.map(({message}) => message) ?? [];
  return [error?.message, ...words].filter(Boolean).join('; ') || 'refused';
}

async function verified(credential) {
  const result = await vc.verifyCredential({credential, suite, documentLoader, checkStatus: status});
  if(!result.verified) {
    throw result.error ?? new Error(`status: ${why(result.statusResult?.error)}`);
  }
  // The package reads the bit, and leaves to its caller what a set one means.
  const set = result.statusResult?.results?.find(({status: bit}) => bit);
  if(set) {
    throw new Error(`${set.credentialStatus.statusPurpose} is set in the status list`);
  }
}

async function verify(credential) {
  await verified(credential);
  const {issuer, credentialSubject: {achievement}} = credential;
  for(const endorsement of [...(issuer.endorsement ?? []), ...(achievement.endorsement ?? [])]) {
    await verified(endorsement);
  }
}

const results = {};
for(const {name, credential} of tasks) {
  try {
    await verify(credential);
    results[name] = {verdict: 'valid', why: ''};
  } catch(error) {
    results[name] = {verdict: 'refused', why: why(error)};
  }
}
process.stdout.write(JSON.stringify(results));
