/**
 * What running text says: its language, its dates, its deadline, its amounts; and untrusted HTML made safe.
 *
 * <p>In: a string as a publisher wrote it, in French, Dutch, English or German. Out: values with the words they were read
 * from. Example:
 *
 * <pre>{@code
 * Deadline deadline = DeadlineFinder.find(
 *         "Date limite : vendredi 15 mars 2024 à 12h00", published, ZoneId.of("Europe/Brussels"), "fr");
 * String mail = CleanHtml.safe(untrusted);
 * }</pre>
 *
 * <p>Choices: a date counts as a deadline only when words near it say so ({@code Cues}); days come before months, as in
 * Belgium, unless that month does not exist; nothing is guessed, what is odd carries a doubt mark, and where nothing is sure the answer is "unknown".
 * {@code Folded} gives a text in lower case without accents and of the same length, so that word tables stay plain and
 * offsets stay true; {@code DateScanner} walks once over its tokens.
 *
 * {@code LanguageGuess} compares runs of letters with the tables of 22 languages ({@code LetterRuns}).
 *
 * <p>Limits: only the first 200,000 characters of a text are read; days counted from that of the text ("next Friday", "in two weeks", {@code RelativeDays})
 * are never a deadline; not read are feasts without a year, nor those that no rule of {@code feasts.txt} describes ({@code CountedDays});
 * every step takes time linear in the length of the text.
 */
@NullMarked
package coop.vigie.text;

import org.jspecify.annotations.NullMarked;
