package io.journeyman.api.auth;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Id;
import java.security.Principal;

/**
 * Who is calling, as the verified token says. A customer's id comes from here only: no body, path or model can name
 * another one.
 */
public sealed interface Session extends Principal {
    /**
     * Somebody who talks without having signed in; the id is a secret that only their token carries.
     *
     * @param bridged whether a bridge brings what they say: many come from its one address
     */
    record Guest(String guestId, boolean bridged) implements Session {
        public Guest {
            Id.check("GuestId", guestId);
        }

        public Guest(String guestId) {
            this(guestId, false);
        }

        @Override
        public String getName() {
            return "guest:" + guestId;
        }
    }

    /** A signed-in customer. */
    record Customer(CustomerId customerId) implements Session {
        @Override
        public String getName() {
            return "customer:" + customerId.value();
        }
    }

    /** A signed-in person of the shop. */
    record Staff(String staffId) implements Session {
        public Staff {
            Id.check("StaffId", staffId);
        }

        @Override
        public String getName() {
            return "staff:" + staffId;
        }
    }
}
