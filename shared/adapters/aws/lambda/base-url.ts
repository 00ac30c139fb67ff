import * as z from "zod/mini";
import { provision } from "./provide.ts";

/** For a handler: the address that people know the stage by, without a slash at the end. */
export const baseUrl = provision({ BASE_URL: z.url() }, ({ BASE_URL }) => BASE_URL);
