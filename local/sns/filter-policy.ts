import * as z from "zod";
import { fauxqsModule } from "../fauxqs/fauxqs-module.ts";
import type { FauxqsStores } from "../fauxqs/fauxqs-stores.ts";
import type { Publication } from "./publication.ts";

export type Subscription = NonNullable<ReturnType<FauxqsStores["snsStore"]["getSubscription"]>>;

/** Whether a subscription's filter policy lets a message through. */
export type FilterPolicies = (subscription: Subscription, publication: Publication) => boolean;

/** fauxqs's own filter, which it does not export. */
export async function loadFilterPolicies(): Promise<FilterPolicies> {
  const { matchesFilterPolicy, matchesFilterPolicyOnBody } = filterModule.parse(await fauxqsModule("./sns/filter.js"));
  return ({ attributes: { FilterPolicy, FilterPolicyScope } }, { message, attributes }) => {
    if (FilterPolicy === undefined || FilterPolicy === "") return true;
    const policy: unknown = JSON.parse(FilterPolicy);
    return FilterPolicyScope === "MessageBody"
      ? matchesFilterPolicyOnBody(policy, message)
      : matchesFilterPolicy(policy, attributes);
  };
}

type Filter = (policy: unknown, subject: unknown) => boolean;

const filter = z.custom<Filter>((value) => typeof value === "function");
const filterModule = z.looseObject({ matchesFilterPolicy: filter, matchesFilterPolicyOnBody: filter });
