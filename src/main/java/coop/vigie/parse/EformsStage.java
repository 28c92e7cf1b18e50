package coop.vigie.parse;

import coop.vigie.notice.Stage;
import java.util.Optional;

/** Where a procedure stands after a notice of a given type. */
final class EformsStage {

    private EformsStage() {}

    /** Empty if neither type, form nor subtype is one that we know. */
    static Optional<Stage> of(EformsDraft draft) {
        Optional<Stage> stage = ofType(draft.type)
                .or(() -> ofForm(draft.form))
                .or(() -> ofSubtype(draft.subtype))
                .or(() -> ofRoot(draft.root));
        if (draft.changeReasons.contains("cancel")) {
            return Optional.of(Stage.CANCELLED);
        }
        // A corrected award is still an award, and a corrected announcement still opens later.
        return draft.changes
                ? Optional.of(stage.filter(value -> value != Stage.COMPETITION).orElse(Stage.CHANGE))
                : stage;
    }

    /** BT-02, code list notice-type; {@code corr} is what changes were called before SDK 1.7. */
    private static Optional<Stage> ofType(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "pin-buyer", "pin-only", "pin-rtl", "pin-tran", "pmc" -> Stage.FORECAST;
                    case "pin-cfc-standard",
                            "pin-cfc-social",
                            "cn-standard",
                            "cn-social",
                            "cn-desg",
                            "qu-sy",
                            "subco" -> Stage.COMPETITION;
                    case "corr" -> Stage.CHANGE;
                    case "can-standard", "can-social", "can-desg", "can-tran", "can-modif", "veat", "compl" ->
                        Stage.AWARD;
                    // Somebody registered a company: nothing can be handed in, as after an award.
                    case "brin-eeig", "brin-ecs" -> Stage.AWARD;
                    default -> null;
                });
    }

    /** BT-03, code list form-type. */
    static Optional<Stage> ofForm(String form) {
        return Optional.ofNullable(
                switch (form) {
                    case "planning", "consultation" -> Stage.FORECAST;
                    case "competition" -> Stage.COMPETITION;
                    case "change" -> Stage.CHANGE;
                    case "result", "dir-awa-pre", "cont-modif", "completion", "bri" -> Stage.AWARD;
                    default -> null;
                });
    }

    /** OPP-070, numbered in the order of a procedure's life. */
    static Optional<Stage> ofSubtype(String subtype) {
        if (subtype.matches("\\d{1,2}")) {
            int number = Integer.parseInt(subtype);
            return number < 1 || number > 40
                    ? Optional.empty()
                    : Optional.of(number < 10 ? Stage.FORECAST : number < 25 ? Stage.COMPETITION : Stage.AWARD);
        }
        return Optional.ofNullable(
                switch (subtype) {
                    case "E1", "E2", "T01" -> Stage.FORECAST;
                    case "CEI", "E3" -> Stage.COMPETITION;
                    case "E4", "E5", "E6", "T02", "X01", "X02" -> Stage.AWARD;
                    default -> null;
                });
    }

    private static Optional<Stage> ofRoot(String root) {
        return root.equals("ContractAwardNotice") || root.equals("BusinessRegistrationInformationNotice")
                ? Optional.of(Stage.AWARD)
                : Optional.empty();
    }
}
