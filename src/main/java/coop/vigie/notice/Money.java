package coop.vigie.notice;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** An amount with its ISO 4217 currency. Amounts compare by number: 5 and 5.00 are the same. */
public record Money(BigDecimal amount, String currency) {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Money {
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("not a currency code: '" + currency + "'");
        }
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
