import { type Answer, accepted, refused } from "./answer.ts";
import { ClientTokens, type TokenUse } from "./client-tokens.ts";
import { ContactList, type MadeContact } from "./contact-list.ts";
import { contentFingerprint } from "./content-fingerprint.ts";
import { type EmulatorParts, struckBy } from "./emulator-parts.ts";
import { instanceIdOf } from "./instance-id.ts";
import type { JsonObject } from "./json-object.ts";
import { OpenContacts } from "./open-contacts.ts";
import type { StartingRules } from "./operation-rules.ts";
import { drawUuid, type SeededRandom, seededRandom } from "./seeded-random.ts";
import type { StoppingRules } from "./stop-contact.ts";

/** A checked call of an operation that starts contacts. */
interface Start {
  readonly rules: StartingRules;
  readonly input: JsonObject;
  readonly instanceId: string;
  /** Missing where the call carries no token: then each call makes a contact. */
  readonly tokenUse: TokenUse | undefined;
  /** The contact it goes on with, if it makes none of its own. */
  readonly continued: string | undefined;
}

/** The instances and their contacts: what a checked call does to them. Everything here happens at once, between two calls. */
export class ConnectInstances {
  readonly open = new OpenContacts();
  readonly contacts = new ContactList(this.open);
  readonly #tokens = new ClientTokens();
  readonly #parts: EmulatorParts;
  readonly #contactIds: SeededRandom;

  constructor(parts: EmulatorParts) {
    this.#parts = parts;
    this.#contactIds = seededRandom(parts.seed, "contact ids");
  }

  perform(rules: StartingRules | StoppingRules, input: JsonObject): Answer {
    const instanceId = instanceIdOf(String(input["InstanceId"]));
    const served = this.#parts.settings().instanceIds;
    if (served !== null && !served.includes(instanceId)) {
      return refused("ResourceNotFoundException", "The instance does not exist");
    }
    return rules.kind === "stops-a-contact"
      ? this.#stop(rules, input, instanceId)
      : this.#start(this.#startOf(rules, input, instanceId));
  }

  #startOf(rules: StartingRules, input: JsonObject, instanceId: string): Start {
    const token = input["ClientToken"];
    const atMs = this.#parts.clock.nowMs();
    const tokenUse =
      typeof token === "string" && token !== ""
        ? { instanceId, operation: rules.name, token, content: contentFingerprint(input), atMs }
        : undefined;
    return { rules, input, instanceId, tokenUse, continued: rules.continues(input) };
  }

  #start(start: Start): Answer {
    const brokenRule = start.rules.brokenRule(start.input);
    if (brokenRule !== undefined) return refused("InvalidRequestException", brokenRule);
    return this.#repeated(start) ?? this.#notADraft(start) ?? this.#overCap(start) ?? this.#make(start);
  }

  /** The answer to a token that was used before, if it was and still counts. */
  #repeated({ rules, tokenUse }: Start): Answer | undefined {
    if (tokenUse === undefined) return undefined;
    const verdict = this.#tokens.verdictOn(tokenUse, {
      ...this.#parts.settings(),
      isOpen: (contact) => this.open.isOpen(contact),
    });
    switch (verdict.kind) {
      case "new-contact":
        return undefined;
      case "conflict":
        return refused(rules.tokenConflict, verdict.message);
      case "same-contact":
        this.contacts.askedAgain(verdict.contact);
        this.#parts.stats.repeated(rules.name);
        return accepted(rules.answer(this.#names(verdict.contact)));
    }
  }

  /** Made-up contact ids are welcome, unless the settings say otherwise. */
  #notADraft({ instanceId, continued }: Start): Answer | undefined {
    if (continued === undefined || !this.#parts.settings().knownContactsOnly) return undefined;
    const made = this.contacts.at({ instanceId, contactId: continued });
    const isDraft = made.some(({ operation, kind, open }) => operation === "CreateContact" && kind === "email" && open);
    if (!isDraft) return refused("ResourceNotFoundException", "ContactId is no open e-mail that CreateContact made");
    const isSent = made.some(({ operation }) => operation === "StartOutboundEmailContact");
    return isSent ? refused("InvalidRequestException", "The e-mail of this contact was sent already") : undefined;
  }

  #overCap({ rules, input, instanceId, continued }: Start): Answer | undefined {
    const struck = struckBy("atCapacity", rules.name, this.#parts);
    if (struck !== undefined) return refusedForCap(rules, struck.rule.reason);
    if (rules.stateAtStart(input) === "ended") return undefined;
    if (continued !== undefined && this.open.isOpen({ instanceId, contactId: continued })) return undefined;
    const kind = rules.contactKind(input);
    const cap = kind === "voice" ? Number.POSITIVE_INFINITY : this.#parts.settings().caps[kind];
    return this.open.count(instanceId, kind) >= cap ? refusedForCap(rules, undefined) : undefined;
  }

  #make({ rules, input, instanceId, tokenUse, continued }: Start): Answer {
    const contact: MadeContact = {
      operation: rules.name,
      instanceId,
      contactId: continued ?? drawUuid(this.#contactIds),
      kind: rules.contactKind(input),
      clientToken: tokenUse?.token ?? null,
      input,
      at: new Date(this.#parts.clock.nowMs()).toISOString(),
    };
    this.contacts.add(contact);
    this.#parts.stats.made(rules.name);
    if (tokenUse !== undefined) this.#tokens.remember(tokenUse, contact);
    if (rules.stateAtStart(input) === "open") this.open.open(contact, contact.kind);
    return accepted(rules.answer(this.#names(contact)));
  }

  #stop(rules: StoppingRules, input: JsonObject, instanceId: string): Answer {
    const place = { instanceId, contactId: rules.contactId(input) };
    const refusal = rules.refusalFor(this.contacts.at(place)[0]);
    if (refusal !== undefined) return refused("ContactNotFoundException", refusal);
    this.open.end(place);
    return accepted({});
  }

  #names({ instanceId, contactId }: MadeContact) {
    const { region, accountId } = this.#parts;
    return {
      contactId,
      contactArn: `arn:aws:connect:${region}:${accountId}:instance/${instanceId}/contact/${contactId}`,
    };
  }
}

function refusedForCap({ overCap }: StartingRules, reason: string | undefined): Answer {
  // Only the exception that is about quotas has a Reason, and only attached files give one.
  if (overCap === "LimitExceededException" || reason === undefined) {
    return refused(overCap, "The number of open contacts is at its limit");
  }
  return refused(overCap, "The attached files exceed a quota", {
    Reason: { AttachedFileServiceQuotaExceededExceptionReason: reason },
  });
}
