/** Texts of the checks under `checks/listener/`. */
export const listener = {};
