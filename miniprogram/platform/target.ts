/** True in the H5 build, false in weapp; the build puts the target's name in, so the other half of each branch falls out. */
export const IN_BROWSER = process.env.TARO_ENV === 'h5'
