// Whose part of the pop says what is to be done for the caller, in the order in which it is shown. Each gives the items
// of a list.

import { callbacksOwed } from "../callbacks/pop.js";
import { openCases } from "../cases/pop.js";
import { promises } from "../forms/pop.js";

export const POP_PARTS = [callbacksOwed, promises, openCases];
