package io.journeyman.fulfillment.address;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ShopPlace;
import io.journeyman.kit.ProblemException;
import java.util.Optional;

/**
 * Whether a carrier in the shop's country could read an address, and whether its parts fit. Whether somebody lives there, only the carrier can
 * tell.
 */
public final class AddressCheck {
    private AddressCheck() {}

    /**
     * {@link #wellFormed}, and in India its pincode and city lie in one state as far as we know.
     *
     * @throws ProblemException address_invalid
     */
    public static Address checked(Address address) {
        return checked(address, ShopPlace.here());
    }

    /** For a shop elsewhere. @throws ProblemException address_invalid */
    public static Address checked(Address address, ShopPlace place) {
        Address clean = wellFormed(address, place);
        if (place.isIndia()) {
            requireOneState(clean);
        }
        return clean;
    }

    /**
     * The address without stray blanks, its postal code as the country writes it: 560 038 becomes 560038, and 1530042 in Japan 153-0042.
     *
     * @throws ProblemException address_invalid, saying which part is wrong and never its value
     */
    public static Address wellFormed(Address address) {
        return wellFormed(address, ShopPlace.here());
    }

    /** For a shop elsewhere. @throws ProblemException address_invalid */
    public static Address wellFormed(Address address, ShopPlace place) {
        Optional<String> code = place.postalCode().written(address.pincode());
        require(!address.name().isBlank(), "The address needs the receiver's name.", "Give a name.");
        require(!address.line1().isBlank(), "The address needs a house and a street.", "Give house and street.");
        require(!address.city().isBlank(), "The address needs a city.", "Give the city.");
        if (place.isIndia()) {
            require(
                    code.isPresent(),
                    "The pincode must have six digits and cannot start with 0.",
                    "Give the six digits, such as 560038.");
        } else {
            String like = place.postalCode().example();
            require(
                    code.isPresent(),
                    "Postal codes in " + place.name() + " are written like " + like + ", and this one is not.",
                    "Give the postal code, like " + like + ".");
        }
        return new Address(
                address.name().strip(), address.line1().strip(), address.city().strip(), code.orElseThrow());
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
