package coop.vigie.group;

import java.time.LocalDate;

/** How and when somebody agreed to get mails: the proof that the law asks for (GDPR, article 7.1). */
public record Consent(String how, LocalDate date) {}
