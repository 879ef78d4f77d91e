"""The closed lists of the records: types, roles, acts and statuses, with the values that are stored and exported."""

from enum import StrEnum


class EntityType(StrEnum):
    """What kind of actor or thing a name stands for."""

    PERSON = "PERSON"
    STATE = "STATE"
    ORG = "ORG"
    ALLIANCE_BLOC = "ALLIANCE_BLOC"
    PLACE = "PLACE"
    MILITARY_UNIT_OP = "MILITARY_UNIT_OP"
    WEAPON_PROGRAMME = "WEAPON_PROGRAMME"
    DOCUMENT = "DOCUMENT"
    FACILITY = "FACILITY"


class MentionFlag(StrEnum):
    """How a mention stands for its entity, where it is not its plain name."""

    ADJECTIVAL = "adjectival"
    METONYM = "metonym"
    PRONOUN = "pronoun"
    ACRONYM = "acronym"


class AgreementKind(StrEnum):
    """What sort of arrangement an agreement is."""

    TREATY = "treaty"
    JOINT_DECLARATION = "joint_declaration"
    SECURITY_GUARANTEE = "security_guarantee"
    COALITION = "coalition"
    CAPABILITY_PROGRAMME = "capability_programme"
    OPERATION_MISSION = "operation_mission"
    INSTITUTION_BODY = "institution_body"
    SPENDING_TARGET = "spending_target"
    FUNDING_INSTRUMENT = "funding_instrument"
    SANCTIONS_REGIME = "sanctions_regime"
    STRATEGY_DOCUMENT = "strategy_document"
    ACCESSION = "accession"
    OTHER_COMMITMENT = "other_commitment"


class PartyRole(StrEnum):
    """What an actor is to an agreement, as the text has it."""

    PARTY = "party"
    MEMBER = "member"
    LEAD = "lead"
    HOST = "host"
    CANDIDATE = "candidate"
    PROSPECTIVE = "prospective"
    BENEFICIARY = "beneficiary"
    TARGET = "target"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"


class ActType(StrEnum):
    """What happened to an agreement."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"
    SIGNED = "signed"
    RATIFIED = "ratified"
    ACCEDED = "acceded"
    ENTERED_INTO_FORCE = "entered_into_force"
    LAUNCHED = "launched"
    OPERATING = "operating"
    EXTENDED = "extended"
    STALLED = "stalled"
    SUSPENDED = "suspended"
    WITHDREW = "withdrew"
    REJECTED = "rejected"
    EXPIRED = "expired"
    TERMINATED = "terminated"


class Polarity(StrEnum):
    """Whether an act happened, is to happen, or is said not to have happened."""

    DONE = "done"
    PLANNED = "planned"
    DENIED = "denied"


class Basis(StrEnum):
    """Whether the text states an act or takes it for granted ("NATO's mutual defence clause")."""

    STATED = "stated"
    PRESUPPOSED = "presupposed"


class Status(StrEnum):
    """How an agreement stands, derived from its acts (:mod:`pipeline.status`)."""

    PROPOSED = "proposed"
    NEGOTIATING = "negotiating"
    PLANNED = "planned"
    AGREED = "agreed"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    OPERATING = "operating"
    STALLED = "stalled"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    REJECTED = "rejected"


class ClaimType(StrEnum):
    """What a speaker does with a claim."""

    ASSERTION_OF_FACT = "assertion_of_fact"
    EVALUATION = "evaluation"
    PREDICTION = "prediction"
    RECOMMENDATION = "recommendation"
    COMMITMENT_PLEDGE = "commitment_pledge"
    REQUEST_DEMAND = "request_demand"
    THREAT_WARNING = "threat_warning"
    QUOTATION = "quotation"


class DecisionAction(StrEnum):
    """What a person does with a record or one of its fields."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSURE = "unsure"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    CREATE = "create"
    NOTE = "note"
    UNDO = "undo"


class Review(StrEnum):
    """What the last person who looked at a record, or at a field, thinks of it."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSURE = "unsure"


class Queue(StrEnum):
    """In what order people are shown what is to be reviewed."""

    DOUBTFUL = "doubtful"  #: what the extractor is least sure of how to take: nearest to the threshold of trust
    DISPUTED = "disputed"  #: rows of the register whose articles contradict each other
    UNSURE = "unsure"  #: what somebody looked at and could not decide
    REOPENED = "reopened"  #: decided once; both its text and what is extracted have changed since


class Origin(StrEnum):
    """Who says so, of an observation in the register: an article, a person, or a spreadsheet that a person gave."""

    ARTICLE = "article"
    PERSON = "person"
    IMPORT = "import"


class Authority(StrEnum):
    """Who speaks in a source: the body itself, an agency, the press, an analyst, or an opinion."""

    OFFICIAL = "official"
    AGENCY = "agency"
    PRESS = "press"
    ANALYSIS = "analysis"
    OPINION = "opinion"


class Role(StrEnum):
    """What an account may do on the review page; each role includes those before it."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def includes(self, other: "Role") -> bool:
        """Whether who has this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)
