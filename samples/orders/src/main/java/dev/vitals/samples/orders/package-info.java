/** An order service: takes orders, stores them in a database, and reserves stock with the inventory service. */
@NullMarked
package dev.vitals.samples.orders;

import org.jspecify.annotations.NullMarked;
