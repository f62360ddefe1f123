package io.journeyman.fulfillment.origin;

import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ShopPlace;
import io.journeyman.fulfillment.delivery.Zone;
import io.journeyman.kit.ProblemException;

/** What must be so of every place that parcels leave from. */
final class OriginCheck {
    static final String PINCODE_UNKNOWN = "pincode_unknown";

    private OriginCheck() {}

    /** @return with its postal code as the shop's country writes it @throws ProblemException pincode_unknown, hours_wrong */
    static Origin checked(Origin place) {
        requireHours(place);
        return new Origin(place.locationId(), place.name(), postalCode(place), place.opens(), place.closes());
    }

    private static String postalCode(Origin place) {
        var country = ShopPlace.here();
        return country.postalCode()
                .written(place.pincode())
                .filter(code -> !country.isIndia() || Zone.isServed(code))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        422,
                        PINCODE_UNKNOWN,
                        "No place that our carriers serve has that "
                                + country.postalCode().called() + ".",
                        "Check its digits.")));
    }

    /** Both as HH:MM, so that they compare as texts. */
    private static void requireHours(Origin place) {
        boolean right = place.opens().isPresent() == place.closes().isPresent()
                && (place.opens().isEmpty()
                        || place.opens().get().compareTo(place.closes().get()) < 0);
        if (!right) {
            throw new ProblemException(Problem.of(
                    422,
                    "hours_wrong",
                    "A place that hands orders over opens and closes, in this order; one that does not has neither.",
                    "Give opens and closes, such as 10:00 and 21:00, or neither."));
        }
    }
}
