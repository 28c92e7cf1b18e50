package coop.vigie.inbox;

/** A mail and what was done about it. */
public record Handled(InboundMail mail, Deed deed) {}
