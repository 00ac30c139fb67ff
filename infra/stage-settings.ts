import type { Limits } from "../shared/contracts/limits.ts";

export type StageName = "local" | "dev" | "prod";

/** Everything in which stages differ. Nothing else in infra, workflows or functions asks which stage it is in. */
/** A table that DynamoDB restored, and that nobody's template made. */
export interface RestoredRegister {
  table: string;
  /** Its stream's ARN, which the app follows before the data stack has taken the table up. */
  stream?: string;
}

export interface StageSettings {
  stage: StageName;
  /** Where a stage is deployed; one region. The local world answers as this region too. */
  region: "eu-north-1";
  /**
   * The public address: a host whose CNAME leads to us, and the certificate for it in ACM, in this region. A stage
   * without one is found at the API's own address, which is gone with the API: prod must have one.
   */
  host?: { name: string; certificateArn: `arn:aws:acm:${string}` };
  /** The register, when it has been restored to another table (docs/runbook.md#restoring-the-register). */
  restored?: RestoredRegister;
  mail: {
    /** The verified SES domain; everything sent comes from it. */
    domain: string;
    /** The From header. */
    from: string;
    replyTo: string;
  };
  /** How often open cases, the outbox and uncertain mail are swept: five cron fields, Copenhagen time. */
  sweepCron: { minute: string; hour: string };
  /** How long a confirmed dues run waits before it sends, so that anybody can stop it. */
  runWaitMinutes: number;
  /** Ceilings the functions count against in the table (data.md, Limits). */
  limits: Limits;
  /** The API's own throttle behind those ceilings, over all callers. */
  throttle: { requestsPerSecond: number; burst: number };
  /**
   * PEM certificates that signatures may lead to besides the reviewed ones (docs/trust-anchors.md): a rehearsal's
   * own authority. Never in prod. At most two or three: a function's environment holds 4 KB.
   */
  trustAnchors: readonly string[];
  logRetentionDays: number;
  /** How long Object Lock keeps an archived agreement from being deleted (governance mode). */
  archiveLockDays: number;
  /** Where alarms are mailed; in dev nowhere. */
  alarmMail?: string;
  /**
   * Whether the CDK checks the templates against CloudFormation's own schemas. Five to twelve seconds; the local
   * world reads its template by itself, and the tests synthesize a deployed stage as well.
   */
  validatedForCloudFormation: boolean;
  /** Whether CloudFormation refuses to delete the data stack. */
  /** Whether CloudFormation refuses to delete the stacks of data and app. */
  terminationProtection: boolean;
}

/** The ceilings of a deployed stage: two people in a secretariat, a handful of cases a day. */
const DEPLOYED_LIMITS: Limits = {
  formsPerHourPerAddress: 20,
  formsPerDayPerCvr: 10,
  uploadsPerDayPerCase: 30,
  wrongCodesPerHourPerAddress: 60,
  decisionPostsPerHourPerAddress: 300,
  // 2,000 a day in all. Of the 600 to addresses that have not answered, 30 sources are sure of 15 each.
  mails: {
    unconfirmedPerDayPerRecipient: 3,
    unconfirmedPerDayPerSource: 15,
    unconfirmedPerDayInFairParts: 450,
    unconfirmedPerDayBeyond: 150,
    duesPerDay: 1_200,
    otherPerDay: 200,
    perHourPerRecipient: 20,
  },
};

const OS2_MAIL = {
  domain: "os2.eu",
  from: "OS2 <medlemskab@os2.eu>",
  replyTo: "os2@os2.eu",
} as const;

/** In no account: what stands in a stage's settings before its certificate has been made. */
export const PLACEHOLDER_CERTIFICATE =
  "arn:aws:acm:eu-north-1:000000000000:certificate/00000000-0000-0000-0000-000000000000";

const STAGES: Readonly<Record<StageName, StageSettings>> = {
  local: {
    stage: "local",
    region: "eu-north-1",
    mail: { domain: "os2.example", from: "OS2 <medlemskab@os2.example>", replyTo: "os2@os2.example" },
    sweepCron: { minute: "17", hour: "*/6" },
    runWaitMinutes: 60,
    // Wide: everybody on one machine has one address, and load is tried there.
    limits: {
      ...DEPLOYED_LIMITS,
      formsPerHourPerAddress: 1_000,
      decisionPostsPerHourPerAddress: 5_000,
      mails: { ...DEPLOYED_LIMITS.mails, unconfirmedPerDayBeyond: 5_000, otherPerDay: 5_000 },
    },
    throttle: { requestsPerSecond: 1_000, burst: 2_000 },
    trustAnchors: [],
    logRetentionDays: 7,
    archiveLockDays: 1,
    validatedForCloudFormation: false,
    alarmMail: "drift@os2.example",
    terminationProtection: false,
  },
  dev: {
    stage: "dev",
    region: "eu-north-1",
    mail: { domain: "dev.os2.eu", from: "OS2 (prøve) <medlemskab@dev.os2.eu>", replyTo: "os2@os2.eu" },
    sweepCron: { minute: "17", hour: "*/6" },
    runWaitMinutes: 60,
    limits: DEPLOYED_LIMITS,
    throttle: { requestsPerSecond: 50, burst: 100 },
    trustAnchors: [],
    logRetentionDays: 30,
    archiveLockDays: 1,
    validatedForCloudFormation: true,
    terminationProtection: false,
  },
  prod: {
    stage: "prod",
    region: "eu-north-1",
    host: {
      name: "aftale.os2.eu",
      // Until OS2's account has the certificate; the doctor says so as long as it is this one.
      certificateArn: PLACEHOLDER_CERTIFICATE,
    },
    mail: OS2_MAIL,
    // At 17 past: the top of the hour is when everybody else's schedules fire.
    sweepCron: { minute: "17", hour: "*/6" },
    runWaitMinutes: 60,
    limits: DEPLOYED_LIMITS,
    throttle: { requestsPerSecond: 50, burst: 100 },
    trustAnchors: [],
    logRetentionDays: 365,
    // Membership evidence is kept ten years after leaving (data.md, Retention); longer is extended by object.
    archiveLockDays: 3_653,
    alarmMail: "os2@os2.eu",
    validatedForCloudFormation: true,
    terminationProtection: true,
  },
};

/** The settings of one stage. Throws, naming the stages there are, when asked for another. */
export function stageSettings(stage: string): StageSettings {
  const settings = Object.values(STAGES).find((candidate) => candidate.stage === stage);
  if (!settings) throw new Error(`No stage named ${stage}: there are ${Object.keys(STAGES).join(", ")}`);
  return settings;
}

/**
 * Says, in a sentence, why a stage may not be deployed so; undefined when it may.
 */
export function whyNotDeployable({ stage, host }: StageSettings): string | undefined {
  return stage === "prod" && host === undefined
    ? "prod has no host in infra/stage-settings.ts: every mailed link would be at the API's own address and die with the API"
    : undefined;
}
