/**
 * Compiled by `tsc`, never run. It fails to compile when the contract lets something through that the SDK's types do not take,
 * and when the SDK knows a member that the contract does not, or the other way round.
 */
import type {
  CreateContactCommandInput,
  StartEmailContactCommandInput,
  StartOutboundChatContactCommandInput,
  StartOutboundEmailContactCommandInput,
} from "@aws-sdk/client-connect";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import type { ConnectApi } from "#shared/contract/operation.ts";

interface SdkInputs {
  StartEmailContact: StartEmailContactCommandInput;
  StartOutboundEmailContact: StartOutboundEmailContactCommandInput;
  CreateContact: CreateContactCommandInput;
  StartOutboundChatContact: StartOutboundChatContactCommandInput;
}

type Input<Name extends ConnectApi> = Extract<ContactRequest, { operation: Name }>["input"];

/** The worker fills in the instance: the contract lets it be left out. */
type WithInstance<Contract> = Omit<Contract, "InstanceId"> & { InstanceId: string };

type IsUnbounded<Keys> = string extends Keys ? true : false;

/** Segment attributes contain themselves: five levels show each of their members in each position. */
type Deeper = { 5: 4; 4: 3; 3: 2; 2: 1; 1: 0; 0: 0 };

/**
 * Every member name of a type with its way there, as in `EmailMessage.RawMessage.Body`. `*` stands for the keys of a map, `[]` for the
 * items of a list.
 */
type Names<Type, Levels extends keyof Deeper = 5> = Levels extends 0
  ? never
  : Type extends readonly (infer Item)[]
    ? Below<"[]", Item, Levels>
    : Type extends object
      ? IsUnbounded<keyof Type> extends true
        ? Below<"*", Type[keyof Type], Levels>
        : { [Name in keyof Type & string]-?: Name | Below<Name, Type[Name], Levels> }[keyof Type & string]
      : never;

type Below<
  Way extends string,
  Type,
  Levels extends keyof Deeper,
> = `${Way}.${Names<NonNullable<Type>, Deeper[Levels]>}`;

/** Does not compile unless `Left` is empty; the compiler's message then lists the names that are left over. */
type Nothing<Left extends never> = Left;

type MissingInTheContract<Name extends ConnectApi> = Exclude<Names<SdkInputs[Name]>, Names<Input<Name>>>;
type MissingInTheSdk<Name extends ConnectApi> = Exclude<Names<Input<Name>>, Names<SdkInputs[Name]>>;

/** Members of the SDK that the contract leaves out, and why. There is none. */
type Exceptions = never;

export type EveryMemberOfTheSdkIsInTheContract = [
  Nothing<Exclude<MissingInTheContract<"StartEmailContact">, Exceptions>>,
  Nothing<Exclude<MissingInTheContract<"StartOutboundEmailContact">, Exceptions>>,
  Nothing<Exclude<MissingInTheContract<"CreateContact">, Exceptions>>,
  Nothing<Exclude<MissingInTheContract<"StartOutboundChatContact">, Exceptions>>,
];

export type EveryMemberOfTheContractIsInTheSdk = [
  Nothing<MissingInTheSdk<"StartEmailContact">>,
  Nothing<MissingInTheSdk<"StartOutboundEmailContact">>,
  Nothing<MissingInTheSdk<"CreateContact">>,
  Nothing<MissingInTheSdk<"StartOutboundChatContact">>,
];

/** What the contract lets through is what the SDK takes. */
export const asSdkInputs = (
  email: WithInstance<Input<"StartEmailContact">>,
  outboundEmail: WithInstance<Input<"StartOutboundEmailContact">>,
  contact: WithInstance<Input<"CreateContact">>,
  chat: WithInstance<Input<"StartOutboundChatContact">>,
) =>
  ({
    StartEmailContact: email,
    StartOutboundEmailContact: outboundEmail,
    CreateContact: contact,
    StartOutboundChatContact: chat,
  }) satisfies SdkInputs;

/** The comparison itself can tell: a name that only one side has is found, at any depth. */
type Nested = { Known: string; Map?: Record<string, { Item?: { Deep?: number }[] | undefined }> | undefined };
export type ComparisonNoticesWhatIsMissing = [
  Nothing<Exclude<"Map.*.Item.[].Deep", Names<Nested>>>,
  Nothing<Exclude<Names<Nested>, "Known" | "Map" | "Map.*.Item" | "Map.*.Item.[].Deep">>,
];
