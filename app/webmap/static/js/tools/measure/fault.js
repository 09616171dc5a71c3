// What is wrong with something that was typed, pasted or loaded: the key of a text, and the values in it.

export class Fault extends Error {
  /**
   * @param {string} key of the interface's texts, without `measure_fault_`
   * @param {Record<string, string|number>} [values]
   */
  constructor(key, values = {}) {
    super(`${key} ${JSON.stringify(values)}`);
    this.key = `measure_fault_${key}`;
    this.values = values;
  }
}
