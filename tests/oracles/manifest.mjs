// Says what is wrong with a custom elements manifest, by the schema of the format's own package.
import { readFileSync } from "node:fs";
import Ajv from "ajv";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const schema = read(new URL("node_modules/custom-elements-manifest/schema.json", import.meta.url));
const check = new Ajv({ strict: false, allErrors: true }).compile(schema);
check(read(process.argv[2]));
console.log(JSON.stringify(check.errors ?? []));
