package coop.vigie.hand;

/**
 * Why something that was entered cannot be taken.
 *
 * @param field the field's name; "" for what is wrong with the whole
 * @param message what is wrong and what would be right
 */
public record Fault(String field, String message) {

    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
