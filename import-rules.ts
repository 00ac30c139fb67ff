import type { IConfiguration, IRegularForbiddenRuleType } from "dependency-cruiser";

/** Every folder of the repository that holds code. */
const OURS = "^(functions|shared|workflows|infra|local|test|commands|bench)/";

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
    to: { path: OURS, pathNot: allowed.map((folder) => `^${folder}/`) },
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

const rooms = [
  room("a-handler-wires", "^functions/([^/]+)/handler\\.ts$", [
    "functions/$1",
    "shared/(adapters|contracts|http)",
  ]),
  // A page's function takes the request read and answers a reply in http's words; only http knows the codes.
  room("a-function-decides", "^functions/([^/]+)/(?!handler\\.ts$|bundle\\.ts$)", [
    "functions/$1",
    "shared/(domain|ports|contracts|emails|pages|http)",
  ]),
  room("a-bundle-says-what-lies-beside-it", "^functions/([^/]+)/bundle\\.ts$", [
    "functions/$1",
    "shared/(pages|adapters)",
  ]),
  room("the-domain-is-alone", "^shared/domain/", ["shared/domain"]),
  room("ports-speak-the-domains-words", "^shared/ports/", ["shared/(ports|domain)"]),
  room("contracts-speak-the-domains-words", "^shared/contracts/", ["shared/(contracts|domain)"]),
  // Mails speak with the pages' words: formats, findings, verdicts.
  room("mails-render-the-domain", "^shared/emails/", ["shared/(emails|pages|domain)"]),
  room("pages-render-the-domain", "^shared/pages/", ["shared/(pages|domain)"]),
  room("http-maps-outcomes", "^shared/http/", ["shared/(http|contracts|pages|domain)"]),
  room("adapters-fill-ports", "^shared/adapters/", ["shared/(adapters|ports|domain|contracts)"]),
  room("workflows-chain-steps", "^workflows/", ["workflows", "shared/contracts"]),
  room("infra-deploys", "^infra/", ["infra", "workflows", "shared/contracts"]),
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
    { path: "^shared/(domain|ports|contracts|emails)/" },
    { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|buffer)$" },
  ),
  wall(
    "what-deploys-needs-no-devdependency",
    "what a bundle holds is a dependency, so that its licence and its versions are looked at as one",
    { path: "^(functions|shared|workflows)/" },
    { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
  ),
  wall(
    "no-circles",
    "two files that need each other are one; knowing each other's types is no need",
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
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
