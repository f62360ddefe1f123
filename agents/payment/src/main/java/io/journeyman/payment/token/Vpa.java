package io.journeyman.payment.token;

import java.util.Locale;

/** A UPI address on its way to the gateway, such as asha@okbank. It is personal, and shows itself to nobody: not in a text, a log or a table. */
public final class Vpa {
    private static final int SHOWN = 2;

    private final String address;

    /** @param typed as the contract has it */
    public Vpa(String typed) {
        this.address = typed.toLowerCase(Locale.ROOT);
    }

    /** The address itself, for the gateway and nobody else. */
    public String revealed() {
        return address;
    }

    /** What its owner knows it by: its first letters and its bank. */
    public String masked() {
        return address.substring(0, SHOWN) + "…" + address.substring(address.indexOf('@'));
    }

    @Override
    public String toString() {
        return "Vpa[…]";
    }
}
