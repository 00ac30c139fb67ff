import { App, Aspects, Validations } from "aws-cdk-lib";
import recommendedFlags from "aws-cdk-lib/recommended-feature-flags.json" with { type: "json" };
import type { Bundles } from "./bundling.ts";
import { RolesOnlyByReference } from "./dependencies.ts";
import { AwsSolutions } from "./nag.ts";
import { FragileStack } from "./stacks/fragile-stack.ts";
import { StatefulStack } from "./stacks/stateful-stack.ts";
import { StatelessStack } from "./stacks/stateless-stack.ts";
import { type StageSettings, whyNotDeployable } from "./stage-settings.ts";

/**
 * The flags a new CDK project gets with the pinned library, given here because cdk.json's context is read by the
 * CLI alone; among them useDistributedMapResultWriterV2, without which `resultWriterV2` is dropped in silence.
 */
const FEATURE_FLAGS = {
  ...recommendedFlags,
  // Exports and imports: what every reader of templates knows, and CloudFormation refuses to break.
  "@aws-cdk/core:defaultCrossStackReferences": "strong",
  // No usage data about our constructs in the template.
  "@aws-cdk/core:enableAdditionalMetadataCollection": false,
};

/** Writes the cloud assembly of one stage. Throws, with the findings, where cdk-nag has something to say, or where the stage may not be deployed so. */
export function writeAssembly(props: { settings: StageSettings; bundles: Bundles; outdir: string }): void {
  const { settings, bundles, outdir } = props;
  const refusal = whyNotDeployable(settings);
  if (refusal !== undefined) throw new Error(refusal);
  const app = new App({
    outdir,
    context: FEATURE_FLAGS,
    analyticsReporting: false,
    builtinCloudFormationValidation: settings.validatedForCloudFormation,
  });
  const name = `OS2aftale-${settings.stage}`;
  const stack = {
    settings,
    env: { region: settings.region },
    terminationProtection: settings.terminationProtection,
    tags: { project: "os2aftale", stage: settings.stage },
  };
  // By how easily each can be replaced: not at all, by trying again, at any time.
  const data = new StatefulStack(app, `${name}-data`, stack);
  const fragile = new FragileStack(app, `${name}-fragile`, { ...stack, terminationProtection: false, data });
  new StatelessStack(app, `${name}-app`, { ...stack, bundles, data, fragile });
  Aspects.of(app).add(new RolesOnlyByReference());
  Validations.of(app).addPlugins(new AwsSolutions(app));
  app.synth();
}
