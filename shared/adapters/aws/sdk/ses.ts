export { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
