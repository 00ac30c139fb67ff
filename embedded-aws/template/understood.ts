/** Either the local world acts on it, or it says why it may leave it. */
export type Treatment = typeof run | { readonly inert: string };

export const run = "run";

function inert(because: string): { readonly inert: string } {
  return { inert: because };
}

const deployment = inert("it tells CloudFormation how to deploy or keep, and nothing is deployed here");
const description = inert("it is read by people in the console");
const noMetrics = inert("no metrics are gathered here; the control page and the logs show the same");
const ownDisk = inert("the files lie on this machine's own disk, under its owner's protection");
const noKeys = inert(
  "nothing is encrypted on this machine's own disk; who may use the key is checked by role",
);
const ownLogs = inert("log lines go to files in the data folder");
const housekeeping = inert("housekeeping that no rule of the product depends on");

/**
 * Every resource type and property the local world knows, and what it does with it. A dotted name treats that part
 * of a property by itself; the rest of that property must then be listed too. Whatever is not here stops the start.
 */
export const understood: Readonly<
  Record<string, Readonly<Record<string, Treatment>> | { readonly inert: string }>
> = {
  "AWS::DynamoDB::Table": {
    TableName: run,
    AttributeDefinitions: run,
    KeySchema: run,
    GlobalSecondaryIndexes: run,
    TimeToLiveSpecification: housekeeping,
    BillingMode: inert("nobody bills"),
    PointInTimeRecoverySpecification: inert("a copy of the data folder is this machine's backup"),
    DeletionProtectionEnabled: deployment,
    SSESpecification: noKeys,
    ContributorInsightsSpecification: noMetrics,
    Tags: description,
  },
  "AWS::DynamoDB::GlobalTable": {
    TableName: run,
    AttributeDefinitions: run,
    KeySchema: run,
    GlobalSecondaryIndexes: run,
    TimeToLiveSpecification: housekeeping,
    BillingMode: inert("nobody bills"),
    SSESpecification: noKeys,
    "Replicas.Region": inert("there is one region here"),
    "Replicas.PointInTimeRecoverySpecification": inert("a copy of the data folder is this machine's backup"),
    "Replicas.DeletionProtectionEnabled": deployment,
    "Replicas.SSESpecification": noKeys,
    "Replicas.ContributorInsightsSpecification": noMetrics,
    "Replicas.Tags": description,
  },
  "AWS::S3::Bucket": {
    BucketName: run,
    VersioningConfiguration: run,
    CorsConfiguration: run,
    ObjectLockEnabled: run,
    ObjectLockConfiguration: run,
    "NotificationConfiguration.EventBridgeConfiguration": run,
    LifecycleConfiguration: housekeeping,
    BucketEncryption: noKeys,
    OwnershipControls: inert("objects have no access lists here"),
    AccessControl: inert("objects have no access lists here"),
    PublicAccessBlockConfiguration: inert("S3 answers on 127.0.0.1 only, and only to signed requests"),
    LoggingConfiguration: ownLogs,
    Tags: description,
  },
  "AWS::S3::BucketPolicy": {
    Bucket: inert("it belongs to the policy"),
    PolicyDocument: inert("the roles decide here; a Deny of anything but plain HTTP stops the start"),
  },
  "AWS::SecretsManager::Secret": {
    Name: run,
    GenerateSecretString: run,
    SecretString: run,
    KmsKeyId: noKeys,
    Description: description,
    Tags: description,
  },
  "AWS::SecretsManager::ResourcePolicy": inert(
    "the roles decide here; a Deny of anything but plain HTTP stops the start",
  ),
  "AWS::KMS::Key": {
    KeyPolicy: inert(
      "it hands the decision to the roles, and theirs are checked; a Deny of anything but plain HTTP stops the start",
    ),
    EnableKeyRotation: noKeys,
    RotationPeriodInDays: noKeys,
    PendingWindowInDays: deployment,
    KeySpec: noKeys,
    KeyUsage: noKeys,
    Enabled: noKeys,
    Description: description,
    Tags: description,
  },
  "AWS::KMS::Alias": { AliasName: noKeys, TargetKeyId: noKeys },
  "AWS::Lambda::Function": {
    FunctionName: run,
    Code: run,
    Handler: run,
    Role: run,
    Timeout: run,
    MemorySize: run,
    "Environment.Variables": run,
    ReservedConcurrentExecutions: run,
    Runtime: inert("the functions run on this machine's Node, whose version the start checks"),
    Architectures: inert("JavaScript and WebAssembly run on any processor"),
    "LoggingConfig.LogGroup": ownLogs,
    "LoggingConfig.LogFormat": ownLogs,
    "LoggingConfig.ApplicationLogLevel": run,
    "LoggingConfig.SystemLogLevel": ownLogs,
    TracingConfig: inert("no traces are gathered here"),
    EphemeralStorage: ownDisk,
    KmsKeyArn: noKeys,
    Description: description,
    Tags: description,
  },
  "AWS::Lambda::EventInvokeConfig": {
    FunctionName: run,
    "DestinationConfig.OnFailure": run,
    MaximumEventAgeInSeconds: run,
    MaximumRetryAttempts: run,
    Qualifier: inert("there is one version of a function here"),
  },
  "AWS::Lambda::Permission": {
    Action: run,
    FunctionName: run,
    Principal: run,
    SourceArn: inert("a function has one caller of a kind here"),
    SourceAccount: inert("there is one account here"),
  },
  "AWS::IAM::Role": {
    RoleName: run,
    Policies: run,
    ManagedPolicyArns: run,
    AssumeRolePolicyDocument: inert("the service that a role is given to is the one that takes it here"),
    Path: description,
    Description: description,
    MaxSessionDuration: inert("local credentials do not expire"),
    Tags: description,
  },
  "AWS::IAM::Policy": { PolicyName: description, PolicyDocument: run, Roles: run },
  "AWS::IAM::ManagedPolicy": {
    ManagedPolicyName: description,
    PolicyDocument: run,
    Roles: run,
    Description: description,
    Path: description,
  },
  "AWS::StepFunctions::StateMachine": {
    StateMachineName: run,
    DefinitionString: run,
    DefinitionSubstitutions: run,
    RoleArn: run,
    StateMachineType: run,
    LoggingConfiguration: inert("the journal in the data folder holds more than the log would"),
    TracingConfiguration: inert("no traces are gathered here"),
    EncryptionConfiguration: noKeys,
    Tags: description,
  },
  "AWS::Events::Rule": {
    Name: run,
    EventPattern: run,
    State: run,
    Targets: run,
    EventBusName: run,
    Description: description,
  },
  "AWS::Scheduler::Schedule": {
    Name: run,
    ScheduleExpression: run,
    ScheduleExpressionTimezone: run,
    State: run,
    Target: run,
    StartDate: run,
    EndDate: run,
    FlexibleTimeWindow: run,
    GroupName: description,
    Description: description,
    KmsKeyArn: noKeys,
  },
  "AWS::SQS::Queue": {
    QueueName: run,
    VisibilityTimeout: run,
    MessageRetentionPeriod: inert("a dead letter waits for a person, and is kept until then"),
    RedrivePolicy: run,
    RedriveAllowPolicy: inert("it restrains other queues, and none redrives here"),
    SqsManagedSseEnabled: noKeys,
    KmsMasterKeyId: noKeys,
    KmsDataKeyReusePeriodSeconds: noKeys,
    Tags: description,
  },
  "AWS::SQS::QueuePolicy": {
    Queues: inert("it belongs to the policy"),
    PolicyDocument: inert(
      "EventBridge and Scheduler drop dead letters without asking here; a Deny of anything but plain HTTP stops the start",
    ),
  },
  "AWS::ApiGatewayV2::Api": {
    ProtocolType: run,
    Name: description,
    Description: description,
    DisableExecuteApiEndpoint: inert("the one address here is 127.0.0.1"),
    Tags: description,
  },
  "AWS::ApiGatewayV2::Stage": {
    ApiId: run,
    StageName: run,
    AutoDeploy: deployment,
    AccessLogSettings: ownLogs,
    DefaultRouteSettings: inert(
      "throttling stands behind the product's own limits, which run; one user needs no other",
    ),
    RouteSettings: inert(
      "throttling stands behind the product's own limits, which run; one user needs no other",
    ),
    Description: description,
    Tags: description,
  },
  "AWS::ApiGatewayV2::Route": {
    ApiId: run,
    RouteKey: run,
    Target: run,
    AuthorizationType: run,
  },
  "AWS::ApiGatewayV2::Integration": {
    ApiId: run,
    IntegrationType: run,
    IntegrationUri: run,
    PayloadFormatVersion: run,
    TimeoutInMillis: run,
    IntegrationMethod: inert("Lambda is always called by POST"),
    Description: description,
  },
  "AWS::SES::EmailIdentity": {
    EmailIdentity: run,
    "ConfigurationSetAttributes.ConfigurationSetName": run,
    DkimAttributes: inert("mail goes to the local mailbox, unsigned"),
    DkimSigningAttributes: inert("mail goes to the local mailbox, unsigned"),
    FeedbackAttributes: inert("mail goes to the local mailbox; bounces are made at /_local"),
    MailFromAttributes: inert("mail goes to the local mailbox"),
    Tags: description,
  },
  "AWS::SES::ConfigurationSet": {
    Name: run,
    DeliveryOptions: inert("mail goes to the local mailbox, without a network"),
    ReputationOptions: noMetrics,
    SendingOptions: run,
    SuppressionOptions: run,
    TrackingOptions: inert("opens and clicks are never tracked"),
    Tags: description,
  },
  "AWS::SES::ConfigurationSetEventDestination": { ConfigurationSetName: run, EventDestination: run },
  "AWS::GuardDuty::MalwareProtectionPlan": {
    ProtectedResource: run,
    Role: inert("the local scan reads its own disk"),
    Actions: run,
    Tags: description,
  },
  "AWS::Logs::LogGroup": ownLogs,
  "AWS::Logs::ResourcePolicy": ownLogs,
  "AWS::Logs::MetricFilter": noMetrics,
  "AWS::CloudWatch::Alarm": noMetrics,
  "AWS::CloudWatch::CompositeAlarm": noMetrics,
  "AWS::CloudWatch::Dashboard": noMetrics,
  "AWS::SNS::Topic": inert("it carries alarms, and no metrics are gathered here"),
  "AWS::SNS::TopicPolicy": inert("it carries alarms, and no metrics are gathered here"),
  "AWS::SNS::Subscription": inert("it carries alarms, and no metrics are gathered here"),
  "AWS::CDK::Metadata": description,
};
