package coop.vigie.parse;

import coop.vigie.notice.LotDeadline.Role;

/** Which of the standard forms before eForms a notice is (Implementing Regulation (EU) 2015/1986, and 842/2011 before). */
final class TedExportForm {

    /** F02, or 2 in R2.0.8. */
    String number = "";

    /** What the forms for several purposes say: PRI_ONLY, PRI_CALL_COMPETITION, QSU_ONLY, AWARD_CONTRACT, … */
    String type = "";

    /** Code of TD_DOCUMENT_TYPE. */
    String document = "";

    /** Code of PR_PROC. */
    String procedure = "";

    /** The form type of eForms (BT-03) that means the same; "" if nothing tells. */
    String eformsName() {
        return switch (number.replaceFirst("^F?0*", "")) {
            case "1", "4", "8", "16" -> isCall() ? "competition" : "planning";
            case "2", "5", "7", "9", "10", "11", "12", "17", "19", "24" -> "competition";
            case "3", "6", "13", "15", "18", "20", "25" -> "result";
            case "14" -> "change";
            case "21", "22", "23" -> ofType();
            default -> ofDocument();
        };
    }

    private boolean isCall() {
        return type.contains("CALL_COMPETITION") || document.equals("M");
    }

    private String ofType() {
        if (type.contains("AWARD")) {
            return "result";
        }
        boolean onlyAnnounced = type.startsWith("PRI_") || type.startsWith("PER_");
        return onlyAnnounced && !isCall() ? "planning" : type.isEmpty() ? ofDocument() : "competition";
    }

    private String ofDocument() {
        return switch (document) {
            case "0", "6", "B", "P" -> "planning";
            case "3", "4", "5", "C", "D", "F", "H", "I", "M", "O", "Q", "Y" -> "competition";
            case "7", "J", "K", "R", "V" -> "result";
            case "1", "2" -> "change";
            default -> "";
        };
    }

    /** What has to arrive by the date of section IV.2.2, which the forms do not tell apart. */
    Role role() {
        if (isCall()) {
            return Role.INTEREST;
        }
        return switch (procedure) {
            case "2", "3", "4", "6", "B", "C", "G" -> Role.REQUEST;
            default -> Role.TENDER;
        };
    }
}
