// What is wrong with what was typed, pasted or chosen, in words.
import { t } from "../../config.js";
import { Fault } from "./fault.js";

/** @param {any} error */
export function explain(error) {
  if (error instanceof Fault) return t(error.key, error.values);
  console.error(error);
  return t("measure_fault_unknown");
}
