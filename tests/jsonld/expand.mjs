// SPDX-License-Identifier: GPL-3.0-or-later
// Expands consent records with an independent JSON-LD 1.1 processor (the package `jsonld`, version 8) and checks that
// nothing is lost on the way: every member has to become a property with an absolute IRI, and the terms of the
// vocabularies have to be where they belong. Not part of the build: it needs node and the package.
//     npm install jsonld@8      (anywhere; NODE_PATH or JSONLD_FOLDER names the folder that holds node_modules)
//     node tests/jsonld/expand.mjs consent.jsonld…
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.JSONLD_FOLDER ?? process.cwd(), 'package.json'));
const jsonld = require('jsonld');

const dpv = 'https://w3id.org/dpv#';
const dct = 'http://purl.org/dc/terms/';
const odrl = 'http://www.w3.org/ns/odrl/2/';
const own = 'urn:x-doorveil:share:1#';

function fail(file, sentence) {
    console.error(`${file}: ${sentence}`);
    process.exitCode = 1;
}

/// Members of the record that are values, without the context.
function countLeaves(value) {
    if (Array.isArray(value))
        return value.reduce((sum, element) => sum + countLeaves(element), 0);
    if (value !== null && typeof value === 'object')
        return Object.entries(value).reduce((sum, [key, inner]) => sum + (key === '@context' ? 0 : countLeaves(inner)), 0);
    return 1;
}

const noNetwork = async url => {
    throw new Error(`the record wants to load ${url}`);
};

for (const file of process.argv.slice(2)) {
    const record = JSON.parse(readFileSync(file, 'utf8'));
    const expanded = await jsonld.expand(record, { documentLoader: noNetwork, safe: true });
    if (expanded.length !== 1) {
        fail(file, `expands to ${expanded.length} nodes`);
        continue;
    }
    const node = expanded[0];
    const disclosure = node['@type'].includes(own + 'DisclosureRecord');
    if (!disclosure && !node['@type'].includes(dpv + 'ConsentRecord'))
        fail(file, `is of type ${node['@type']}`);
    const wanted = [dct + 'identifier', dct + 'created', dct + 'conformsTo', dpv + 'hasPurpose', dpv + 'hasRecipient',
        dpv + 'hasDataController', dpv + 'hasNotice', dpv + 'hasPersonalData', dpv + 'hasStorageCondition',
        dpv + 'hasJurisdiction', dpv + 'hasConsentControl', own + 'request', own + 'items', own + 'conditions',
        disclosure ? own + 'disclosureEvent' : dpv + 'hasConsentStatus'];
    for (const property of wanted)
        if (!(property in node))
            fail(file, `has no ${property} after expansion`);
    const offer = node[own + 'conditions'][0];
    if (!offer['@type'].includes(odrl + 'Offer'))
        fail(file, 'its conditions are no odrl:Offer');
    for (const rule of offer[odrl + 'prohibition'] ?? []) {
        const action = rule[odrl + 'action'][0]['@id'];
        if (!/^(https?:|urn:)/.test(action))
            fail(file, `the action ${action} is no absolute IRI`);
    }
    if (node[dct + 'created'][0]['@type'] !== 'http://www.w3.org/2001/XMLSchema#dateTime')
        fail(file, 'dct:created is no xsd:dateTime');

    const rdf = await jsonld.toRDF(record, { format: 'application/n-quads', documentLoader: noNetwork, safe: true });
    const quads = rdf.trim().split('\n').length;
    // Compacted with its own context it has as many values as before: expansion dropped none.
    const compacted = await jsonld.compact(expanded, record['@context'], { documentLoader: noNetwork });
    const before = countLeaves(record);
    const after = countLeaves(compacted);
    if (after < before * 0.95)
        fail(file, `${before} values before expansion, ${after} after it`);

    // The control: a member without a meaning is refused.
    const spoiled = { ...record, '@context': { ...record['@context'], '@vocab': null }, nonsense: 1 };
    let refused = false;
    try {
        await jsonld.expand(spoiled, { documentLoader: noNetwork, safe: true });
    } catch {
        refused = true;
    }
    if (!refused)
        fail(file, 'the processor does not notice members without a meaning');
    console.log(`${file}: ${before} values, ${quads} statements`);
}
