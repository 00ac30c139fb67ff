import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type Assembly, assemblyOf, type Resource, rightsOf } from "./cloud-assembly.ts";

let app: Assembly;
beforeAll(async () => {
  app = await assemblyOf("local");
});

const LOG = ["logs:CreateLogStream log", "logs:PutLogEvents log"];
const FAILURES = [
  "sqs:GetQueueAttributes undelivered",
  "sqs:GetQueueUrl undelivered",
  "sqs:SendMessage undelivered",
];
const EMPTY_QUEUE = [
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ReceiveMessage",
];
const READ_ITEMS = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"];
const CHANGE_ITEMS = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];
const OPEN = ["kms:Decrypt", "kms:DescribeKey"];
const SEAL = ["kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"];
const TABLE = ["table", "table/index/work", "table/index/year"];

const across = (actions: string[], resources: string[]) =>
  actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`));
const read = [...across(READ_ITEMS, TABLE), ...across(OPEN, ["key"])];
/** Reads everything, and changes the items of these partitions; of an operator's none, whatever else is allowed. */
const write = (...partitions: string[]) => [
  ...read,
  ...across([...CHANGE_ITEMS, "dynamodb:ConditionCheckItem"], [`table ${partitions.toSorted().join(" ")}`]),
  ...across(CHANGE_ITEMS, ["table RATE#* SETTING#*"]).map((right) => `never ${right}`),
  ...across(SEAL, ["key"]),
];
const CASES = ["CASE#*", "OPEN#*"];
const MEMBERS = ["MEMBER#*", "CVR#*", "COUNTER#member", "COUNTER#invoice"];
const ANYBODYS = [...CASES, "MEMBER#*", "RUN#*", "OFFICE#*"];
const linkKeys = ["secretsmanager:GetSecretValue linkKeys", "kms:Decrypt key"];
const runErrandsLater = ["sqs:SendMessage outbox-later"];
const offerUpload = ["s3:PutObject incoming/uploads/*", "kms:GenerateDataKey key"];
const get = (...objects: string[]) => [
  ...across(["s3:GetObject", "s3:GetObjectVersion"], objects),
  "kms:Decrypt key",
];
const readIncoming = get("incoming/uploads/*", "incoming/pages/*");
const putBesideUploads = ["s3:PutObject incoming/pages/*", "kms:GenerateDataKey key"];
const answerWorkflow = across(["states:SendTaskFailure", "states:SendTaskSuccess"], ["agreement-intake"]);
const answerDues = across(["states:SendTaskFailure", "states:SendTaskSuccess"], ["annual-dues"]);
const readPlans = get("invoices/plans/*");
const startIntake = ["states:StartExecution agreement-intake"];
const moveIntake = across(
  ["states:DescribeExecution", "states:StopExecution"],
  ["agreement-intake executions"],
);

/** Role × action × resource: what is not listed here, no role may. */
const RIGHTS: Record<string, string[]> = {
  "show-public-page": read,
  "serve-asset": [],
  "submit-application": [
    ...write(...CASES, "COUNTER#case#*", "LINK#*", "LIMIT#*", "REPEAT#*"),
    "dynamodb:ConditionCheckItem table CVR#*",
    ...linkKeys,
    ...offerUpload,
  ],
  "offer-upload": [...write("LIMIT#*"), ...linkKeys, ...offerUpload],
  "offer-agreement": [...read, ...linkKeys],
  "show-case": [...read, ...linkKeys],
  "show-confirmation": [...read, ...linkKeys],
  "confirm-contact": [
    ...write(...CASES, "LINK#*", "LIMIT#*"),
    "dynamodb:ConditionCheckItem table CVR#*",
    ...linkKeys,
  ],
  "prefill-application": [...read, ...linkKeys],
  "withdraw-application": [...write(...CASES), ...linkKeys],
  "show-decision": [...read, ...linkKeys, ...readPlans],
  "record-decision": [...write(...CASES, "RUN#*", "LIMIT#*"), ...linkKeys, ...readPlans],
  "act-on-run": [...write(...MEMBERS, "RUN#*", "LIMIT#*"), ...linkKeys, ...readPlans],
  "show-run-file": [...read, ...linkKeys, ...readPlans],
  "show-document": [...read, ...linkKeys, ...readIncoming, ...get("archive/*")],
  "renew-link": [...write(...ANYBODYS, "LIMIT#*"), ...linkKeys],
  "show-task": [...read, ...linkKeys],
  "resolve-task": [...write(...ANYBODYS, "COUNTER#invoice", "LIMIT#*"), ...linkKeys],
  "register-upload": [...write(...CASES), ...readIncoming, ...putBesideUploads],
  // It reads what anybody sends: to it there is no register.
  "judge-document": [...readIncoming, ...putBesideUploads],
  "reject-upload": [...write(...CASES), ...get("incoming/pages/*")],
  "open-round": write(...CASES),
  "plan-next-wake": [
    ...write(...CASES),
    ...get("incoming/pages/*"),
    "s3:GetObjectTagging incoming/uploads/*",
    "s3:GetObjectVersionTagging incoming/uploads/*",
  ],
  // What it waits for may have come already: then it answers its own token.
  "store-task-token": [...write(...CASES), ...answerWorkflow],
  "archive-agreement": [...write(...CASES), ...readIncoming, ...get("archive/*"), "s3:PutObject archive/*"],
  "admit-member": [...write(...CASES), ...write(...MEMBERS)],
  "hold-case": write(...CASES),
  "begin-dues-run": [...write("RUN#*"), ...FAILURES],
  "plan-dues-run": [...write("RUN#*"), "s3:PutObject invoices/plans/*"],
  "plan-run-wake": write("RUN#*"),
  "store-run-token": [...write("RUN#*"), ...answerDues],
  "start-charging": write("RUN#*"),
  // The one step that writes to payers; what it does to the run is nothing.
  "charge-chunk": [...write(...MEMBERS), ...readPlans],
  "report-run": [...write("RUN#*"), ...readPlans],
  "hold-run": write("RUN#*"),
  "start-intake": [...startIntake, ...FAILURES],
  "receive-scan-verdict": [...write(...CASES), ...FAILURES],
  "settle-mail": [...write(...ANYBODYS), ...FAILURES],
  "sweep-open-work": [
    ...write(...ANYBODYS),
    ...readIncoming,
    "s3:ListBucket incoming",
    ...runErrandsLater,
    ...startIntake,
    ...moveIntake,
    ...FAILURES,
  ],
  "deliver-outbox": [
    ...write(...ANYBODYS, "LINK#*", "LIMIT#*"),
    ...linkKeys,
    "ses:SendRawEmail identity",
    "ses:SendRawEmail configurationSet",
    ...answerWorkflow,
    ...startIntake,
    ...moveIntake,
    ...answerDues,
    "states:StartExecution annual-dues",
    ...across(["states:DescribeExecution", "states:StopExecution"], ["annual-dues executions"]),
    ...get("invoices/invoices/*"),
    "s3:PutObject invoices/invoices/*",
    ...runErrandsLater,
    ...across(EMPTY_QUEUE, ["outbox", "outbox-later"]),
  ],
};

/** What acts by itself, under a role of its own. */
const PIPE_RIGHTS = [
  ...across(
    ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
    ["stream"],
  ),
  "kms:Decrypt key",
  ...across(["sqs:SendMessage"], ["outbox", "undelivered"]),
];

describe("a function may do what it is for, and nothing else", () => {
  it("every function has its line in the table of rights", () => {
    expect(app.ofType("AWS::Lambda::Function").map(nameOf).sort()).toEqual(Object.keys(RIGHTS).sort());
  });

  it.each(Object.entries(RIGHTS))("%s", (name, rights) => {
    const fn = app.ofType("AWS::Lambda::Function").find((candidate) => nameOf(candidate) === name);
    const role = app.all.find(({ id }) => app.flat(fn?.Properties["Role"]) === `<${id}.Arn>`);
    if (!role) throw new Error(`${name} has no role`);
    expect(allowedTo(role)).toEqual([...new Set([...LOG, ...rights])].sort());
  });

  it("the pipe reads the stream and fills its queue, and may be used by this account's pipes only", () => {
    const role = app.the("AWS::IAM::Role", "OutboxPipeRole");
    expect(allowedTo(role)).toEqual([...PIPE_RIGHTS].sort());
    expect(JSON.stringify(role.Properties["AssumeRolePolicyDocument"])).toContain(
      '"Condition":{"StringEquals":{"aws:SourceAccount":',
    );
  });
});

describe("no role is wider than its words", () => {
  it("no role is allowed all actions of a service", () => {
    const wide = app
      .ofType("AWS::IAM::Role")
      .flatMap((role) => rightsOf(role, app))
      .flatMap(({ actions }) => actions)
      .filter((action) => action.includes("*"));
    expect(wide).toEqual([]);
  });

  it("only log delivery and tracing, which have nothing to name, are allowed on every resource", () => {
    const everywhere = app
      .ofType("AWS::IAM::Role")
      .flatMap((role) => rightsOf(role, app))
      .filter(({ resources }) => resources.includes("*"))
      .flatMap(({ actions }) => actions)
      .filter((action) => !/^(logs|xray):/.test(action));
    expect(everywhere).toEqual([]);
  });

  it("no role carries a policy of AWS's own", () => {
    for (const role of app.ofType("AWS::IAM::Role"))
      expect(role.Properties["ManagedPolicyArns"]).toBeUndefined();
  });

  it("the API may call functions, and only this API", () => {
    const callers = app
      .ofType("AWS::Lambda::Permission")
      .filter(({ Properties }) => Properties["Principal"] === "apigateway.amazonaws.com");
    const api = app.the("AWS::ApiGatewayV2::Api").id;
    for (const { Properties } of callers) expect(app.flat(Properties["SourceArn"])).toContain(`<${api}>`);
  });
});

const partitionCondition = z
  .record(z.string(), z.record(z.literal("dynamodb:LeadingKeys"), z.array(z.string()).or(z.string())))
  .optional();

/** Action, resource and partitions; a Deny begins with "never". */
function allowedTo(role: Resource): string[] {
  const allowed = rightsOf(role, app).flatMap(({ effect, actions, resources, condition }) => {
    const onTable = actions.some((action) => action.startsWith("dynamodb:"));
    const held = onTable ? Object.values(partitionCondition.parse(condition) ?? {}) : [];
    const partitions = held.flatMap((keys) => [keys["dynamodb:LeadingKeys"]].flat()).toSorted();
    return actions.flatMap((action) =>
      resources.map((resource) =>
        [...(effect === "Deny" ? ["never"] : []), action, shortName(resource), ...partitions].join(" "),
      ),
    );
  });
  return [...new Set(allowed)].sort();
}

function nameOf(fn: Resource): string {
  return String(fn.Properties["Description"]);
}

const SHORT_NAMES: readonly [RegExp, string][] = [
  [/^<RegisterTable\w+\.Arn>/, "table"],
  [/^<DocumentsIncoming\w+\.Arn>/, "incoming"],
  [/^<DocumentsArchive\w+\.Arn>/, "archive"],
  [/^<DocumentsInvoices\w+\.Arn>/, "invoices"],
  [/^<DataKey\w+\.Arn>$/, "key"],
  [/^<LinkKeysRing\w+>$/, "linkKeys"],
  [/^<OutboxFreshQueue\w+\.Arn>$/, "outbox"],
  [/^<OutboxLaterQueue\w+\.Arn>$/, "outbox-later"],
  [/^<RegisterTable\w+\.StreamArn>$/, "stream"],
  [/^<\w+Log\w{8}\.Arn>$/, "log"],
  [/^<\w+Undelivered\w{8}\.Arn>$/, "undelivered"],
  [/^<Intakeagreementintake\w+>$/, "agreement-intake"],
  [/^<Duesannualdues\w+>$/, "annual-dues"],
  [/^arn:.*:execution:.*annualdues.*:\*$/, "annual-dues executions"],
  [/^arn:.*:execution:.*:\*$/, "agreement-intake executions"],
  [/^arn:.*:identity\/.*$/, "identity"],
  [/^arn:.*:configuration-set\/.*$/, "configurationSet"],
];

function shortName(resource: string): string {
  for (const [pattern, name] of SHORT_NAMES)
    if (pattern.test(resource)) return resource.replace(pattern, name);
  return resource;
}
