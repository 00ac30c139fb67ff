import type { IConfiguration, IRegularForbiddenRuleType } from "dependency-cruiser";

/** Every folder of the repository that holds code. */
const OURS = "^(functions|shared|pdf-evidence|embedded-aws|workflows|infra|local|test|commands|bench)/";

/**
 * Imports run one way: a room names the rooms it may import from, and the rest of the repository is forbidden to
 * it. `local`, `test`, `bench` and `commands` are no rooms of the product: they may import anything, and since no
 * room names them, nothing of the product imports them.
 */
function room(name: string, from: string, allowed: readonly string[]): IRegularForbiddenRuleType {
  return {
    name,
    comment: `it may import from ${allowed.join(", ")}`,
    severity: "error",
    from: { path: from },
    to: { path: OURS, pathNot: allowed.map((place) => (place.endsWith("$") ? `^${place}` : `^${place}/`)) },
  };
}

function wall(
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType["from"],
  to: IRegularForbiddenRuleType["to"],
): IRegularForbiddenRuleType {
  return { name, comment, severity: "error", from, to };
}

/** The words in which a document is described; types and lists of codes, no behaviour. */
const FACTS = "pdf-evidence/(document-facts|observation-codes)\\.ts$";

const rooms = [
  room("a-handler-wires", "^functions/([^/]+)/handler\\.ts$", [
    "functions/$1",
    "shared/(adapters|contracts|http)",
    "pdf-evidence",
  ]),
  // A page's function takes the request read and answers a reply in http's words; only http knows the codes.
  room("a-function-decides", "^functions/([^/]+)/(?!handler\\.ts$|bundle\\.ts$)", [
    "functions/$1",
    "shared/(domain|ports|casework|contracts|words|emails|pages|http)",
  ]),
  room("a-bundle-says-what-lies-beside-it", "^functions/([^/]+)/bundle\\.ts$", [
    "functions/$1",
    "shared/(pages|adapters)",
  ]),
  // What can be seen in a document has its words where it is seen; how grave it is, the domain says.
  room("the-domain-is-alone", "^shared/domain/", ["shared/domain", FACTS]),
  room("ports-speak-the-domains-words", "^shared/ports/", ["shared/(ports|domain)", FACTS]),
  room("casework-reads-decides-commits", "^shared/casework/", ["shared/(casework|ports|domain)"]),
  room("contracts-speak-the-domains-words", "^shared/contracts/", ["shared/(contracts|domain)"]),
  room("words-name-the-domain", "^shared/words/", ["shared/(words|domain)", FACTS]),
  room("mails-render-the-domain", "^shared/emails/", [
    "shared/(emails|words|domain)",
    "shared/pages/kit/html\\.ts$",
  ]),
  room("the-kit-knows-no-page", "^shared/pages/kit/", ["shared/pages/kit", "shared/(words|domain)"]),
  room("pages-render-the-domain", "^shared/pages/", ["shared/(pages|words|domain)", FACTS]),
  room("http-maps-outcomes", "^shared/http/", ["shared/(http|contracts|pages|words|domain)"]),
  room("adapters-fill-ports", "^shared/adapters/", [
    "shared/(adapters|ports|domain|contracts)",
    "pdf-evidence",
  ]),
  room("evidence-knows-no-product", "^pdf-evidence/", ["pdf-evidence"]),
  room("the-embedded-aws-knows-no-product", "^embedded-aws/", ["embedded-aws"]),
  room("workflows-chain-steps", "^workflows/", ["workflows", "shared/contracts"]),
  room("infra-deploys", "^infra/", ["infra", "workflows", "shared/contracts", "shared/http/routes\\.ts$"]),
];

const walls = [
  wall(
    "only-adapters-know-an-sdk",
    "the SDK and the libraries of PDF and mail are hidden behind ports",
    // A handler makes the clients that it hands to its adapters.
    { path: "^(functions|shared)/", pathNot: "^(shared/adapters/|functions/[^/]+/handler\\.ts$)" },
    { path: "node_modules/(@aws-sdk|@smithy|pkijs|asn1js|@hyzyla|@cantoo|nodemailer)/" },
  ),
  wall(
    "the-domain-does-no-io",
    "rules are pure: no files, no network, no process",
    { path: "^shared/(domain|ports|casework|contracts|words|emails)/" },
    { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|buffer)$" },
  ),
  wall(
    "what-deploys-needs-no-devdependency",
    "what a bundle holds is a dependency, so that its licence and its versions are looked at as one",
    { path: "^(functions|shared|pdf-evidence|workflows)/" },
    { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
  ),
  wall(
    "no-circles",
    "two files that need each other are one; knowing each other's types is no need",
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  ),
  wall(
    "evidence-runs-one-way",
    "what needs each other's types lacks the one they both build on",
    { path: "^pdf-evidence/" },
    { circular: true },
  ),
  wall("everything-resolves", "an import that leads nowhere", {}, { couldNotResolve: true }),
];

const rules = {
  forbidden: [...rooms, ...walls],
  options: {
    // Types count too: a type is how one room knows another.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^shared/pages/browser/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
} satisfies IConfiguration;

/** Read by dependency-cruiser in `npm run check`. */
export default rules;
