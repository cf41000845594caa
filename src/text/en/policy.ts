/** Texts of the checks under `checks/policy/`. */
export const policy = {};
