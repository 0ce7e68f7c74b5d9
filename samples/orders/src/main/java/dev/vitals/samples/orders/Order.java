package dev.vitals.samples.orders;

/** One order, as it is stored and shown. */
record Order(long id, String item, int quantity, boolean shipped) {}
