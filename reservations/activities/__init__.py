"""What there is to do: meals, courses, sitting days and the rest, with their dates; and UiTdatabank in and out."""
