package coop.vigie.text;

import java.math.BigDecimal;

/**
 * An amount of money in running text.
 *
 * @param start offset of its first character, in UTF-16 units
 * @param quote the characters as written, currency included
 * @param currency ISO 4217 code
 */
public record FoundAmount(int start, String quote, BigDecimal amount, String currency) {}
