/** The name of a Region, such as `eu-west-1`. */
export const regionName = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
