// Digital Bazaar's packages, the Digital Credentials Consortium's verifier-core, and jose, on what the library signs;
// and Digital Bazaar's packages and jose sign for it. Reads {pages, contexts, tasks: [{name, form, text, suite, status}],
// toSign: {badge, multikey, token}} and writes {verdicts: {verifier: {name: {verdict, why}}}, signed: {name: text}}.
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as jose from 'jose';
import {createSignCryptosuite, createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {json} from 'node:stream/consumers';
import jsigs from 'jsonld-signatures';

// Some packages tell of errors on the standard output, which is for the answer.
console.log = console.error;

const {pages, contexts, tasks, toSign} = await json(process.stdin);
const suites = {'eddsa-rdfc-2022': rdfc, 'eddsa-jcs-2022': createVerifyCryptosuite()};
const signing = {'eddsa-rdfc-2022': rdfc, 'eddsa-jcs-2022': createSignCryptosuite()};

globalThis.fetch = async request => {
  const url = typeof request === 'string' ? request : request.url ?? String(request);
  const found = pages[url] ?? contexts[url];
  return new Response(found ? JSON.stringify(found) : '', {
    status: found ? 200 : 404, headers: {'content-type': 'application/json'},
  });
};
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

function addressOfDid(did) {
  const [host, ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent);
  return path.length ? `https://${host}/${path.join('/')}/did.json` : `https://${host}/.well-known/did.json`;
}

async function documentOf(did) {
  if(did.startsWith('did:key:')) {
    const key = did.slice('did:key:'.length);
    const method = {id: `${did}#${key}`, type: 'Multikey', controller: did, publicKeyMultibase: key};
    return {id: did, verificationMethod: [method], assertionMethod: [method.id]};
  }
  const document = pages[addressOfDid(did)];
  if(!document || document.id !== did) {
    throw new Error(`no document of ${did}`);
  }
  return document;
}

const documentLoader = jsigs.extendContextLoader(async url => {
  if(contexts[url]) {
    return {contextUrl: null, documentUrl: url, document: contexts[url], tag: 'static'};
  }
  if(url.startsWith('did:')) {
    const [did, fragment] = url.split('#');
    const document = await documentOf(did);
    const method = document.verificationMethod.find(({id}) => id === url);
    const multikey = {'@context': 'https://w3id.org/security/multikey/v1', ...method};
    return {contextUrl: null, documentUrl: url, document: fragment ? multikey : {
      '@context': ['https://www.w3.org/ns/did/v1'], ...document}};
  }
  if(pages[url]) {
    return {contextUrl: null, documentUrl: url, document: pages[url]};
  }
  throw new Error(`${url} is nowhere`);
});

function need(truth, words) {
  if(!truth) {
    throw new Error(words);
  }
}

async function byBazaar({text, suite: name}) {
  const credential = JSON.parse(text);
  const suite = new DataIntegrityProof({cryptosuite: suites[name]});
  const listed = new DataIntegrityProof({cryptosuite: rdfc});
  const status = options => checkStatus({
    ...options, documentLoader, suite: listed, verifyBitstringStatusListCredential: true, verifyMatchingIssuers: true,
  });
  const options = {credential, suite, documentLoader};
  const result = await vc.verifyCredential(credential.credentialStatus ? {...options, checkStatus: status} : options);
  need(result.verified, JSON.stringify(result.error?.errors?.map(one => one.message) ?? result.error?.message));
  need(!result.statusResult?.results?.some(({status: bit}) => bit), 'it is revoked');
}

async function byCore({text}) {
  const result = await verifyCredential({credential: JSON.parse(text), knownDIDRegistries: []});
  need(!result.errors && result.log, JSON.stringify(result.errors));
  const wrong = result.log.filter(({id, valid, error}) => id !== 'registered_issuer' && (valid === false || error));
  // Of a schema that cannot be had it says nothing.
  const schemas = result.additionalInformation?.flatMap(({results}) => results) ?? [];
  need(!wrong.length && schemas.every(one => one.result?.valid !== false), JSON.stringify(wrong));
}

async function byJose({text, form}) {
  const header = jose.decodeProtectedHeader(text);
  const said = jose.decodeJwt(text);
  if(form === '2.0 signed') {
    const creator = pages[said.verification.creator];
    const issuer = pages[said.badge]?.issuer;
    need(creator && creator.owner === (issuer?.id ?? issuer), 'the key is somebody else\'s');
    await jose.compactVerify(text, await jose.importSPKI(creator.publicKeyPem, header.alg));
    return;
  }
  const document = await documentOf(header.kid.split('#')[0]);
  const method = document.verificationMethod.find(({id}) => id === header.kid);
  need(method && document.assertionMethod.includes(header.kid), 'no such key');
  const jwk = method.publicKeyJwk ?? await Ed25519Multikey.toJwk({keyPair: await Ed25519Multikey.from(method)});
  const {payload} = await jose.jwtVerify(text, await jose.importJWK(jwk, header.alg), {issuer: document.id});
  need(payload.iss === (payload.issuer.id ?? payload.issuer), 'iss is not the issuer');
  need(payload.jti === payload.id && payload.sub === payload.credentialSubject.id, 'jti or sub differs');
  need(payload.nbf === Math.floor(Date.parse(payload.validFrom) / 1000), 'nbf is not validFrom');
}

const judges = {
  digitalbazaar: [byBazaar, ({form, suite}) => form === '3.0' && suite in suites],
  'verifier-core': [byCore, ({form, suite}) => form === '3.0' && suite === 'eddsa-rdfc-2022'],
  jose: [byJose, ({form, status}) => !status && ['3.0 token', '2.0 signed'].includes(form)],
};
const verdicts = {};
for(const [name, [judge, judges_it]] of Object.entries(judges)) {
  verdicts[name] = {};
  for(const task of tasks.filter(judges_it)) {
    try {
      await judge(task);
      verdicts[name][task.name] = {verdict: 'valid', why: ''};
    } catch(error) {
      verdicts[name][task.name] = {verdict: 'refused', why: String(error?.message ?? error).slice(0, 300)};
    }
  }
}

async function sign(name) {
  const keyPair = await Ed25519Multikey.from({...toSign.multikey});
  const suite = new DataIntegrityProof({signer: keyPair.signer(), cryptosuite: signing[name]});
  return JSON.stringify(await vc.issue({credential: structuredClone(toSign.badge), suite, documentLoader}));
}

async function signToken() {
  const {badge, jwk, kid} = toSign.token;
  const claims = {...badge, iss: badge.issuer.id, jti: badge.id, sub: badge.credentialSubject.id};
  claims.nbf = Math.floor(Date.parse(badge.validFrom) / 1000);
  return new jose.SignJWT(claims).setProtectedHeader({alg: 'ES256', kid, typ: 'JWT'})
    .sign(await jose.importJWK(jwk, 'ES256'));
}

process.stdout.write(JSON.stringify({verdicts, signed: {
  'digitalbazaar, rdfc': await sign('eddsa-rdfc-2022'),
  'digitalbazaar, jcs': await sign('eddsa-jcs-2022'),
  'jose, token': await signToken(),
}}));
