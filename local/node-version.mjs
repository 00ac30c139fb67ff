// Loaded with --import before anything else, by whatever Node there is: plain JavaScript that Node 18 can read.
const wanted = 24;
const major = Number(process.versions.node.split(".")[0]);
if (major < wanted) {
  console.error(`OS2aftale runs on Node ${wanted}, as Lambda does; this is Node ${process.versions.node}.

npm ci brings Node ${wanted} along for Linux (x64, arm64), Windows (x64) and macOS (Apple silicon), and npm's scripts find it first.
  - Was it left out? Run npm ci again, without --omit=optional, and start with npm start, not node.
  - Another system? Install Node ${wanted} from https://nodejs.org and try again.`);
  process.exit(1);
}
