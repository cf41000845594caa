/** Texts of the checks under `checks/certificate/`. */
export const certificate = {};
