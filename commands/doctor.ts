import { resolveCname } from "node:dns/promises";
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  GetMalwareProtectionPlanCommand,
  GuardDutyClient,
  ListMalwareProtectionPlansCommand,
} from "@aws-sdk/client-guardduty";
import { LambdaClient } from "@aws-sdk/client-lambda";
import {
  DescribeConfigurationSetCommand,
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityMailFromDomainAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from "@aws-sdk/client-ses";
import { paginateListSubscriptions, SNSClient } from "@aws-sdk/client-sns";
import { PLACEHOLDER_CERTIFICATE, type StageSettings, stageSettings } from "../infra/stage-settings.ts";
import { systemChance, systemClock } from "../shared/adapters/aws/clock.ts";
import { DynamoDbSettings } from "../shared/adapters/aws/dynamodb/settings-source.ts";
import { mailsPerDay as mailsPerDayOf } from "../shared/contracts/limits.ts";
import { copenhagenDate } from "../shared/domain/calendar/copenhagen-date.ts";
import { ruleSetOutlook, writtenFor } from "../shared/domain/invoicing/rule-set.ts";
import type { PayeeReadiness } from "../shared/domain/settings/payee.ts";
import { deployedStageOf } from "./stage/deployed-stage.ts";

/** What was found out about a stage; nothing here was changed to find it out. */
export interface StageFacts {
  settings: StageSettings;
  /** Copenhagen date, yyyy-mm-dd. */
  today: string;
  /** SES's ceiling for 24 hours; an account in the sandbox has exactly 200. */
  mailsPerDay: number;
  dkim: { status: string; tokens: readonly string[] };
  mailFrom: { domain: string; status: string };
  secretaries: readonly string[];
  chair: string | undefined;
  /** Whether two persons have confirmed who demands dues, where they are paid and with what VAT. */
  payee: PayeeReadiness;
  baseUrl: string;
  /** What the front page answered; undefined where nothing did. */
  frontPageStatus: number | undefined;
  /** Whether SES sends for the account at all, and for our configuration set. */
  sending: { account: boolean; configurationSet: boolean };
  /** Who has confirmed getting the alarms, of those that were asked. */
  alarmMail: { asked: readonly string[]; confirmed: readonly string[] };
  /** Of the plan that scans the uploads; undefined where there is none. */
  scanPlanStatus: string | undefined;
  /** The CNAMEs of the stage's own host; none where it has no host. */
  hostLeadsTo: readonly string[];
}

export interface Diagnosis {
  what: string;
  well: boolean;
  /** What the operator has to do; where it is still well, before it no longer is. */
  todo: readonly string[];
}

/** SES's quota in the sandbox. Source: Amazon SES developer guide, "Request production access". */
const SANDBOX_MAILS_PER_DAY = 200;

/** Says, one line a thing, what an operator still has to do before the stage can mail and be reached. */
export function diagnose(facts: StageFacts): Diagnosis[] {
  const { settings, dkim, mailFrom, secretaries, chair, mailsPerDay, baseUrl, frontPageStatus } = facts;
  const { domain } = settings.mail;
  const { sending, alarmMail, scanPlanStatus, hostLeadsTo } = facts;
  const unlimited = mailsPerDay === -1;
  return [
    diagnosis("SES may mail anybody", unlimited || mailsPerDay > SANDBOX_MAILS_PER_DAY, [
      "ask for production access: docs/runbook.md#leaving-the-ses-sandbox",
    ]),
    diagnosis(
      `SES allows the ${mailsPerDayOf(settings.limits)} mails a day that we may send`,
      unlimited || mailsPerDay >= mailsPerDayOf(settings.limits),
      [`SES allows ${mailsPerDay}: ask for more, mails beyond that go out a day late`],
    ),
    diagnosis(`mail from ${domain} is signed (DKIM: ${dkim.status})`, dkim.status === "Success", [
      ...dkim.tokens.map((token) => `${token}._domainkey.${domain}  CNAME  ${token}.dkim.amazonses.com`),
    ]),
    diagnosis(`bounces come back to ${mailFrom.domain} (${mailFrom.status})`, mailFrom.status === "Success", [
      `${mailFrom.domain}  MX   10 feedback-smtp.${settings.region}.amazonses.com`,
      `${mailFrom.domain}  TXT  "v=spf1 include:amazonses.com ~all"`,
    ]),
    diagnosis(`two secretaries are set (${secretaries.join(", ") || "none"})`, secretaries.length >= 2, [
      `npm run settings -- --stage ${settings.stage} set secretaries ADDRESS ADDRESS`,
    ]),
    diagnosis(`the chair is set (${chair ?? "none"})`, chair !== undefined, [
      `npm run settings -- --stage ${settings.stage} set chair ADDRESS`,
    ]),
    diagnosis(
      "two persons have confirmed sender, account and VAT, so that dues can be demanded",
      facts.payee.kind === "confirmed",
      facts.payee.kind === "confirmed"
        ? []
        : facts.payee.missing
            .map((part) => part.toLowerCase())
            .flatMap((part) => [
              `npm run settings -- --stage ${settings.stage} set ${part} … --by ADDRESS`,
              `npm run settings -- --stage ${settings.stage} confirm ${part} --by OTHER`,
            ]),
    ),
    diagnosis(`${baseUrl} answers (${frontPageStatus ?? "nothing"})`, frontPageStatus === 200, [
      "look at the alarm web-api, or at the CNAME in front: docs/runbook.md#the-public-address",
    ]),
    ...(settings.host ? hostDiagnoses(settings.host, hostLeadsTo, settings.region) : []),
    diagnosis("SES sends for the account", sending.account, [
      "SES has paused it: the account dashboard says why, docs/runbook.md#mail-sender",
    ]),
    diagnosis("SES sends for our configuration set", sending.configurationSet, [
      "somebody has paused it, as one does to restore the register: resume it in the SES console",
    ]),
    diagnosis(
      `somebody gets the alarms (${alarmMail.confirmed.join(", ") || "nobody"})`,
      alarmMail.confirmed.length > 0 || settings.alarmMail === undefined,
      alarmMail.asked.map((address) => `${address} has to confirm the subscription that AWS has mailed it`),
    ),
    diagnosis(`uploads are scanned (${scanPlanStatus ?? "no plan"})`, scanPlanStatus === "ACTIVE", [
      "docs/runbook.md#malware-scan",
    ]),
    ruleSetDiagnosis(facts.today),
  ];
}

/** Receivers refuse what is written for an older rule set, so the next one is told of before its day. */
function ruleSetDiagnosis(today: string): Diagnosis {
  const outlook = ruleSetOutlook(today);
  const what = `e-invoices are written for the rule set in force (Peppol BIS Billing ${writtenFor})`;
  if (outlook.kind === "in-force") return { what, well: true, todo: [] };
  const { name, inForceFrom } = outlook.next;
  const todo = [`${name} is mandatory from ${inForceFrom}: docs/runbook.md#the-e-invoices-rule-set`];
  return { what, well: outlook.kind === "ends-soon", todo };
}

function hostDiagnoses(
  { name, certificateArn }: NonNullable<StageSettings["host"]>,
  leadsTo: readonly string[],
  region: string,
): Diagnosis[] {
  const isOurs = (target: string) => target.endsWith(`.execute-api.${region}.amazonaws.com`);
  return [
    diagnosis(`the certificate of ${name} is one of OS2's own`, certificateArn !== PLACEHOLDER_CERTIFICATE, [
      "request it and write its ARN into infra/stage-settings.ts: docs/runbook.md#the-public-address",
    ]),
    diagnosis(`${name} leads to us (${leadsTo.join(", ") || "nowhere"})`, leadsTo.some(isOurs), [
      `${name}  CNAME  what the app stack's output HostTarget says`,
    ]),
  ];
}

function diagnosis(what: string, well: boolean, todo: readonly string[]): Diagnosis {
  return { what, well, todo: well ? [] : todo };
}

async function examine(settings: StageSettings): Promise<StageFacts> {
  const { region, mail } = settings;
  const deployed = await deployedStageOf(new LambdaClient({ region }), settings.stage);
  const ses = new SESClient({ region });
  const stored = new DynamoDbSettings({
    client: new DynamoDBClient({ region }),
    tableName: deployed.TABLE_NAME,
    chance: systemChance,
  });
  const now = systemClock.now();
  const identity = { Identities: [mail.domain] };
  const [quota, dkim, mailFrom, secretaries, chair, payee, frontPageStatus] = await Promise.all([
    ses.send(new GetSendQuotaCommand()),
    ses.send(new GetIdentityDkimAttributesCommand(identity)),
    ses.send(new GetIdentityMailFromDomainAttributesCommand(identity)),
    stored.setting("secretaries", now),
    stored.setting("chair", now),
    stored.payee(now),
    statusOf(deployed.BASE_URL),
  ]);
  const [account, configurationSet, alarmMail, scanPlanStatus, hostLeadsTo] = await Promise.all([
    ses.send(new GetAccountSendingEnabledCommand()),
    ses.send(
      new DescribeConfigurationSetCommand({
        ConfigurationSetName: deployed.CONFIGURATION_SET,
        ConfigurationSetAttributeNames: ["reputationOptions"],
      }),
    ),
    alarmMailOf(new SNSClient({ region }), settings),
    scanPlanStatusOf(new GuardDutyClient({ region }), settings),
    settings.host ? resolveCname(settings.host.name).catch(() => []) : [],
  ]);
  const signing = dkim.DkimAttributes?.[mail.domain];
  const bounces = mailFrom.MailFromDomainAttributes?.[mail.domain];
  return {
    settings,
    today: copenhagenDate(now),
    mailsPerDay: quota.Max24HourSend ?? 0,
    dkim: { status: signing?.DkimVerificationStatus ?? "not set up", tokens: signing?.DkimTokens ?? [] },
    mailFrom: {
      domain: bounces?.MailFromDomain || `bounce.${mail.domain}`,
      status: bounces?.MailFromDomainStatus ?? "not set up",
    },
    secretaries: secretaries ?? [],
    chair,
    payee,
    baseUrl: deployed.BASE_URL,
    frontPageStatus,
    sending: {
      account: account.Enabled === true,
      configurationSet: configurationSet.ReputationOptions?.SendingEnabled !== false,
    },
    alarmMail,
    scanPlanStatus,
    hostLeadsTo,
  };
}

/** Of the subscriptions to the stage's topic; SNS calls one that nobody has confirmed yet PendingConfirmation. */
async function alarmMailOf(client: SNSClient, { stage }: StageSettings): Promise<StageFacts["alarmMail"]> {
  const asked: string[] = [];
  const confirmed: string[] = [];
  for await (const page of paginateListSubscriptions({ client }, {})) {
    for (const { TopicArn, SubscriptionArn, Endpoint = "" } of page.Subscriptions ?? []) {
      if (!TopicArn?.includes(`:OS2aftale-${stage}-app-AlarmsTopic`)) continue;
      (SubscriptionArn === "PendingConfirmation" ? asked : confirmed).push(Endpoint);
    }
  }
  return { asked, confirmed };
}

async function scanPlanStatusOf(
  client: GuardDutyClient,
  { stage }: StageSettings,
): Promise<string | undefined> {
  const { MalwareProtectionPlans = [] } = await client.send(new ListMalwareProtectionPlansCommand());
  for (const { MalwareProtectionPlanId } of MalwareProtectionPlans) {
    const plan = await client.send(new GetMalwareProtectionPlanCommand({ MalwareProtectionPlanId }));
    const bucket = plan.ProtectedResource?.S3Bucket?.BucketName ?? "";
    if (bucket.startsWith(`os2aftale-${stage}-data-documentsincoming`)) return plan.Status;
  }
  return undefined;
}

async function statusOf(url: string): Promise<number | undefined> {
  return fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
    ({ status }) => status,
    () => undefined,
  );
}

function wellness(well: boolean, todo: readonly string[]): string {
  if (!well) return "TO DO";
  return todo.length > 0 ? "SOON " : "well ";
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { stage: { type: "string" } } });
  if (values.stage === undefined) {
    console.error("npm run doctor -- --stage NAME");
    process.exitCode = 2;
    return;
  }
  const diagnoses = diagnose(await examine(stageSettings(values.stage)));
  for (const { what, well, todo } of diagnoses) {
    console.log(`${wellness(well, todo)}  ${what}`);
    for (const line of todo) console.log(`         ${line}`);
  }
  const left = diagnoses.filter(({ well }) => !well).length;
  console.log(left === 0 ? "Nothing left to do." : `${left} left to do.`);
  if (left > 0) process.exitCode = 1;
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
