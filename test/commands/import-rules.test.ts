import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise } from "dependency-cruiser";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import rules from "../../import-rules.ts";

/** Plants one import in a repository of two files and says which rules it breaks. */
async function rulesBrokenBy(from: string, to: string): Promise<string[]> {
  const repository = mkdtempSync(join(tmpdir(), "rooms-"));
  for (const [file, text] of [
    [from, `import { planted } from "${relativeFrom(from, to)}";\nexport const used = planted;\n`],
    [to, "export const planted = 1;\n"],
  ] as const) {
    mkdirSync(join(repository, dirname(file)), { recursive: true });
    writeFileSync(join(repository, file), text);
  }
  const { forbidden, options } = rules;
  const { tsConfig: _, ...withoutTsConfig } = options;
  const result = await cruise([...new Set([from, to].map((file) => file.split("/")[0] ?? ""))], {
    ...withoutTsConfig,
    ruleSet: { forbidden },
    validate: true,
    baseDir: repository,
  });
  return violations.parse(result.output).summary.violations.map(({ rule }) => rule.name);
}

const violations = z.object({
  summary: z.object({ violations: z.array(z.object({ rule: z.object({ name: z.string() }) })) }),
});

function relativeFrom(from: string, to: string): string {
  return `${"../".repeat(from.split("/").length - 1)}${to}`;
}

const FORBIDDEN: readonly [string, string, string][] = [
  ["functions/show-case/show-case.ts", "shared/adapters/aws/s3.ts", "a-function-decides"],
  ["functions/show-case/show-case.ts", "functions/show-task/show-task.ts", "a-function-decides"],
  ["functions/show-case/handler.ts", "shared/domain/agreement/kind.ts", "a-handler-wires"],
  ["functions/show-case/handler.ts", "local/start.ts", "a-handler-wires"],
  ["shared/domain/dues/dues-rate.ts", "shared/ports/clock.ts", "the-domain-is-alone"],
  ["shared/ports/register.ts", "shared/adapters/aws/register.ts", "ports-speak-the-domains-words"],
  ["shared/contracts/intake.ts", "shared/ports/register.ts", "contracts-speak-the-domains-words"],
  ["shared/pages/decision-page.ts", "shared/adapters/aws/s3.ts", "pages-render-the-domain"],
  ["shared/emails/welcome.ts", "shared/ports/mailer.ts", "mails-render-the-domain"],
  ["shared/http/reply.ts", "shared/adapters/aws/s3.ts", "http-maps-outcomes"],
  ["shared/adapters/aws/s3.ts", "shared/pages/shell.ts", "adapters-fill-ports"],
  ["workflows/agreement-intake.ts", "infra/app.ts", "workflows-chain-steps"],
  ["infra/app.ts", "shared/domain/dues/dues-rate.ts", "infra-deploys"],
  ["shared/adapters/aws/s3.ts", "test/support/fakes.ts", "adapters-fill-ports"],
  ["functions/judge-document/bundle.ts", "shared/domain/brand.ts", "a-bundle-says-what-lies-beside-it"],
  ["shared/domain/judgement/judge.ts", "pdf-evidence/read-document.ts", "the-domain-is-alone"],
  ["shared/casework/open-link.ts", "shared/pages/kit/html.ts", "casework-reads-decides-commits"],
  ["shared/words/formats.ts", "shared/pages/kit/html.ts", "words-name-the-domain"],
  ["shared/emails/welcome-mail.ts", "shared/pages/status-page.ts", "mails-render-the-domain"],
  ["shared/pages/kit/shell.ts", "shared/pages/status-page.ts", "the-kit-knows-no-page"],
  ["pdf-evidence/read-document.ts", "shared/domain/judgement/judge.ts", "evidence-knows-no-product"],
  ["embedded-aws/system.ts", "shared/pages/kit/html.ts", "the-embedded-aws-knows-no-product"],
  ["embedded-aws/system.ts", "local/product.ts", "the-embedded-aws-knows-no-product"],
  ["embedded-aws/system.ts", "infra/app.ts", "the-embedded-aws-knows-no-product"],
];

describe("imports run one way", () => {
  it.each(FORBIDDEN)("%s may not import %s", async (from, to, rule) => {
    expect(await rulesBrokenBy(from, to)).toEqual([rule]);
  });

  it.each([
    ["functions/show-case/handler.ts", "functions/show-case/show-case.ts"],
    ["functions/show-case/show-case.ts", "shared/domain/agreement/kind.ts"],
    ["shared/adapters/aws/s3.ts", "shared/ports/document-store.ts"],
    ["local/start.ts", "infra/app.ts"],
    ["shared/domain/judgement/judge.ts", "pdf-evidence/document-facts.ts"],
    ["shared/emails/welcome-mail.ts", "shared/pages/kit/html.ts"],
    ["shared/adapters/pdf/pdf-judge.ts", "pdf-evidence/read-document.ts"],
    ["test/support/fakes.ts", "shared/adapters/aws/s3.ts"],
  ])("%s may import %s", async (from, to) => {
    expect(await rulesBrokenBy(from, to)).toEqual([]);
  });
});
