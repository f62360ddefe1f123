package io.journeyman.contracts;

/** Where a parcel goes. Personal data: it is kept by its owners' tables and never enters a workflow's history. */
public record Address(String name, String line1, String city, String pincode) {}
