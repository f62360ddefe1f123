package io.journeyman.fulfillment.address;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import java.util.regex.Pattern;

/** Whether a carrier could read an address, and whether its parts fit. Whether somebody lives there, only the carrier can tell. */
public final class AddressCheck {
    private static final Pattern PINCODE = Pattern.compile("[1-9][0-9]{5}");

    private AddressCheck() {}

    /**
     * {@link #wellFormed}, and its pincode and city lie in one state as far as we know.
     *
     * @throws ProblemException address_invalid
     */
    public static Address checked(Address address) {
        Address clean = wellFormed(address);
        requireOneState(clean);
        return clean;
    }

    /**
     * The address without stray blanks; a pincode written as 560 038 becomes 560038.
     *
     * @throws ProblemException address_invalid, saying which part is wrong and never its value
     */
    public static Address wellFormed(Address address) {
        var clean = new Address(
                address.name().strip(),
                address.line1().strip(),
                address.city().strip(),
                address.pincode().replaceAll("\\s", ""));
        require(!clean.name().isEmpty(), "The address needs the receiver's name.", "Give a name.");
        require(!clean.line1().isEmpty(), "The address needs a house and a street.", "Give house and street.");
        require(!clean.city().isEmpty(), "The address needs a city.", "Give the city.");
        require(
                PINCODE.matcher(clean.pincode()).matches(),
                "The pincode must have six digits and cannot start with 0.",
                "Give the six digits, such as 560038.");
        return clean;
    }

    /** The wrong digit in a pincode sends a parcel through half the country. */
    private static void requireOneState(Address address) {
        var byPincode = PostalStates.ofPincode(address.pincode());
        var byCity = PostalStates.ofCity(address.city());
        if (byPincode.isPresent() && byCity.isPresent() && !byPincode.equals(byCity)) {
            throw invalid(
                    "The pincode lies in " + byPincode.get() + ", and the city in " + byCity.get() + ".",
                    "Check the pincode's six digits, or give the city that it belongs to.");
        }
    }

    /** The problem of a pincode that is well formed and that nobody delivers to. */
    public static ProblemException notServed() {
        return invalid("No carrier of ours delivers to that pincode.", "Check its digits, or give another address.");
    }

    private static void require(boolean holds, String detail, String suggestion) {
        if (!holds) {
            throw invalid(detail, suggestion);
        }
    }

    private static ProblemException invalid(String detail, String suggestion) {
        return new ProblemException(Problem.of(422, "address_invalid", detail, suggestion));
    }
}
