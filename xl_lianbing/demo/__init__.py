"""A made-up campaign (演示数据): no real person, company or case is in it."""
